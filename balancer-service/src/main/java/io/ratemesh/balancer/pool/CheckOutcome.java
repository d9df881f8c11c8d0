package io.ratemesh.balancer.pool;

import java.time.Duration;
import java.time.Instant;

/**
 * What one check found.
 *
 * @param at when it was asked
 * @param passed whether the upstream is well
 * @param status the HTTP status; 0 where none came
 * @param took how long the answer took
 * @param detail what was wrong, for a person; empty where nothing was
 */
public record CheckOutcome(Instant at, boolean passed, int status, Duration took, String detail) {}
