package io.ratemesh.balancer.admin;

import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.Optional;

/**
 * Detects requests that another site made a browser send. A browser adds {@code Origin} to every POST, also of a form (Fetch §3.2), and no
 * site can forge or remove it; it adds {@code Sec-Fetch-Site} if the address is trustworthy.
 */
final class RequestOrigin {

    private RequestOrigin() {}

    /**
     * Returns why a request is from another site; empty if it is not.
     *
     * @param authority of the request: a host, and a port unless it is the default
     */
    static Optional<String> crossSiteReason(MultiMap fields, String authority) {
        String site = fields.get("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return Optional.of("Sec-Fetch-Site: " + site + " is not accepted; it must be same-origin.");
        }
        String origin = fields.get("Origin");
        if (origin == null) {
            return Optional.empty();
        }
        String given = origin.toLowerCase(Locale.ROOT);
        String own = authority.toLowerCase(Locale.ROOT);
        // If a proxy terminates TLS, the browser's scheme is not ours.
        boolean same = given.equals("http://" + own) || given.equals("https://" + own);
        return same && !own.isEmpty() ? Optional.empty() : Optional.of("The Origin is not this address.");
    }

    /** Returns whether a browser sent it; browsers send the user's password for any page. */
    static boolean isBrowser(MultiMap fields) {
        String agent = fields.get("User-Agent");
        return fields.contains("Origin")
                || fields.contains("Sec-Fetch-Site")
                || fields.contains("Referer")
                || fields.contains("Cookie")
                || (agent != null && agent.contains("Mozilla/"));
    }
}
