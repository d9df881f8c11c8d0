package io.ratemesh.rates.poll;

import java.net.URI;
import java.util.Optional;

/** Where a redirect may lead: to https, and to http only where the settings themselves said http. */
public final class Redirects {

    /** Hops that are followed at one poll. */
    public static final int MOST = 3;

    private Redirects() {}

    /**
     * Resolves a redirect.
     *
     * @param configured what the settings said, whose scheme decides
     * @param from what answered with the redirect
     * @param location its {@code Location}, absolute or relative
     * @return empty where it leads nowhere that is allowed
     */
    public static Optional<URI> target(URI configured, URI from, String location) {
        URI target;
        try {
            target = from.resolve(location.strip());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        boolean secure = "https".equalsIgnoreCase(target.getScheme());
        boolean asPlainAsConfigured =
                "http".equalsIgnoreCase(target.getScheme()) && "http".equalsIgnoreCase(configured.getScheme());
        boolean named = target.getHost() != null && target.getUserInfo() == null;
        return named && (secure || asPlainAsConfigured) ? Optional.of(target) : Optional.empty();
    }
}
