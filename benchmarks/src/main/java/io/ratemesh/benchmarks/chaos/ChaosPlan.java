package io.ratemesh.benchmarks.chaos;

import java.time.Duration;

/**
 * The times of {@code chaos}.
 *
 * @param hold how long a fault lasts
 * @param partition how long a partition lasts
 * @param recovery how long the recovery may take
 * @param converters the most converters while scaling
 */
record ChaosPlan(Duration hold, Duration partition, Duration recovery, int converters) {}
