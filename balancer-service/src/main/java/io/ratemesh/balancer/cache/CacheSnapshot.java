package io.ratemesh.balancer.cache;

import java.util.Map;

/**
 * The counts of a cache at one time.
 *
 * @param route its name
 * @param requests since it exists, by result
 * @param evictions entries that were removed to make room
 * @param entries stored now
 * @param bytes of memory that they need
 * @param waiting requests that wait for the response to an equal one
 */
public record CacheSnapshot(
        String route, Map<CacheResult, Long> requests, long evictions, long entries, long bytes, long waiting) {}
