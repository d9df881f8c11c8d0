package io.ratemesh.rates.poll;

import java.net.URI;
import java.util.Optional;

/** The allowed targets of a redirect: https, and http only if the configured address is http. */
public final class Redirects {

    /** The most redirects in one poll. */
    public static final int MOST = 3;

    private Redirects() {}

    /**
     * Resolves a redirect.
     *
     * @param configured the address in the settings, whose scheme decides
     * @param from the address that redirects
     * @param location its {@code Location}, absolute or relative
     * @return empty if the target is not allowed
     */
    public static Optional<URI> target(URI configured, URI from, String location) {
        URI target;
        try {
            target = from.resolve(location.strip());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        boolean secure = "https".equalsIgnoreCase(target.getScheme());
        boolean plainAsConfigured =
                "http".equalsIgnoreCase(target.getScheme()) && "http".equalsIgnoreCase(configured.getScheme());
        boolean named = target.getHost() != null && target.getUserInfo() == null;
        return named && (secure || plainAsConfigured) ? Optional.of(target) : Optional.empty();
    }
}
