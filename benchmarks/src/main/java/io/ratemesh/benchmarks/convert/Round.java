package io.ratemesh.benchmarks.convert;

import io.ratemesh.benchmarks.cluster.ServiceJvm;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * One load on one server.
 *
 * @param perSecond requests
 * @param cpuMicros of its process for each
 */
record Round(double perSecond, double cpuMicros) {

    private static final double NANOS_PER_MICRO = 1e3;

    static Round of(ServiceJvm server, String path, int seconds) {
        Duration before = server.usage().cpu();
        Wrk.Load load = Wrk.run("http://127.0.0.1:" + server.port() + path, seconds);
        Duration cpu = server.usage().cpu().minus(before);
        return new Round(load.perSecond(), cpu.toNanos() / NANOS_PER_MICRO / load.requests());
    }

    /** The median of each figure by itself. */
    static Round median(List<Round> rounds) {
        return new Round(
                median(rounds.stream().map(Round::perSecond).toList(), rounds.size()),
                median(rounds.stream().map(Round::cpuMicros).toList(), rounds.size()));
    }

    private static double median(List<Double> values, int count) {
        return values.stream()
                .sorted(Comparator.naturalOrder())
                .skip(count / 2)
                .findFirst()
                .orElse(0.0);
    }
}
