package io.ratemesh.assets;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the UI's answers say beside their content. */
public final class PageHeaders {
    /**
     * Nothing but this origin's own files, nothing inline, nothing framed; no script sink takes a string
     * ({@code trusted-types 'none'}: the pages build their content node by node).
     */
    public static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
            + "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

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

    /** For every HTML page of this origin, also for those that are made elsewhere, such as error pages. */
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
