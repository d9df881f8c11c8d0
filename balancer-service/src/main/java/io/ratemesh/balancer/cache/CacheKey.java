package io.ratemesh.balancer.cache;

/**
 * What selects a stored response before {@code Vary} does.
 *
 * @param host with its port, as the client asks for it, in lower case; empty if it asks for none
 * @param target path and query as the client sent them
 * @param variant what else the server gets that may change its response: the scheme, forwarded fields, fields of the route
 */
public record CacheKey(String host, String target, String variant) {

    /** Identifies the resource: the same for all variants. */
    String resource() {
        return host + "\n" + target;
    }
}
