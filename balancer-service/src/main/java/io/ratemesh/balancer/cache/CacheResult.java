package io.ratemesh.balancer.cache;

/** What a cache did for a request. */
public enum CacheResult {
    /** The response was stored and fresh, or was stored for a request at the same time. */
    HIT,
    /** The response was stored and stale. */
    STALE,
    /** The server said that the stored response is still valid. */
    VALIDATED,
    /** The response came from the server. */
    MISS,
    /** The request is of a kind that the cache does not serve. */
    BYPASS
}
