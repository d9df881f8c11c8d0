package io.ratemesh.assets;

import java.util.LinkedHashMap;
import java.util.Map;

/** Response fields of the UI. */
public final class PageHeaders {
    /**
     * Allows only files of this origin, nothing inline and no frames. No script sink accepts a string. The policy {@code
     * lit-html} makes templates of the literals in the scripts, {@code service-worker} the address of the one service worker.
     */
    public static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
            + "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
            + "trusted-types lit-html service-worker";

    private static final Map<String, String> EVERY = Map.of(
            "Vary", "Accept-Encoding",
            "X-Content-Type-Options", "nosniff",
            "Cross-Origin-Resource-Policy", "same-origin");

    private static final Map<String, String> PAGE = Map.of(
            "Content-Security-Policy", CONTENT_SECURITY_POLICY,
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "X-Content-Type-Options", "nosniff");

    private PageHeaders() {}

    /** Returns the fields of all HTML pages of this origin, error pages included. */
    public static Map<String, String> page() {
        return PAGE;
    }

    static Map<String, String> of(Asset asset) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", asset.contentType());
        headers.put("Cache-Control", asset.cacheControl());
        headers.putAll(EVERY);
        if (asset.page()) {
            headers.putAll(PAGE);
        }
        return Map.copyOf(headers);
    }
}
