package io.ratemesh.balancer.loadbalance;

import java.time.Instant;
import java.util.Optional;

/**
 * How DNS fills a pool.
 *
 * @param name that is resolved
 * @param resolutions lookups that found servers
 * @param failures lookups that found none
 * @param lastResolvedAt the last lookup that found servers; empty for none yet
 * @param error why the last lookup found none; empty where it did
 */
public record DnsStatus(String name, long resolutions, long failures, Optional<Instant> lastResolvedAt, String error) {}
