package io.ratemesh.balancer.admin;

import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.Optional;

/**
 * What a request's fields say of the site that made a browser send it. A browser adds {@code Origin} to every POST, also to a form's
 * (Fetch, 3.2), and nothing on a site can forge or remove it; {@code Sec-Fetch-Site} comes with it where the address is trustworthy.
 */
final class RequestOrigin {

    private RequestOrigin() {}

    /**
     * Why it comes from another site; empty where nothing says so.
     *
     * @param address that was asked, as the browser has it: a host and perhaps a port
     */
    static Optional<String> foreign(MultiMap fields, String address) {
        String site = fields.get("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return Optional.of("Sec-Fetch-Site: " + site + " (expected: same-origin)");
        }
        String origin = fields.get("Origin");
        if (origin == null) {
            return Optional.empty();
        }
        String given = origin.toLowerCase(Locale.ROOT);
        String own = address.toLowerCase(Locale.ROOT);
        // Where TLS ends before us, the browser's scheme is not ours.
        boolean same = given.equals("http://" + own) || given.equals("https://" + own);
        return same && !own.isEmpty() ? Optional.empty() : Optional.of("Origin is not this address");
    }

    /** Whether a browser sends it, which lends the user's password to any page. */
    static boolean browser(MultiMap fields) {
        String agent = fields.get("User-Agent");
        return fields.contains("Origin")
                || fields.contains("Sec-Fetch-Site")
                || fields.contains("Referer")
                || fields.contains("Cookie")
                || (agent != null && agent.contains("Mozilla/"));
    }
}
