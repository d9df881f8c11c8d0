package io.ratemesh.benchmarks.load;

import io.ratemesh.benchmarks.process.ProcessUsage;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.util.List;
import java.util.function.Supplier;

/**
 * The result of one load on one server.
 *
 * @param perSecond requests per second
 * @param cpuMicros CPU time of the server's processes per request
 * @param residentBytes memory of the server's processes at the end
 */
public record Round(double perSecond, double cpuMicros, long residentBytes) {

    private static final double NANOS_PER_MICRO = 1e3;
    private static final double BYTES_PER_MB = 1e6;

    public static Round run(ServerProcess server, LoadPlan plan, int seconds) {
        return measure(server::usage, () -> Wrk.run(plan, server.port(), seconds));
    }

    /**
     * Measures another load.
     *
     * @param usage of all processes that serve it
     */
    public static Round measure(Supplier<ProcessUsage> usage, Supplier<Wrk.Load> load) {
        ProcessUsage before = usage.get();
        return of(load.get(), before, usage.get());
    }

    /** The result of a load, with what a server had used before and after it. */
    public static Round of(Wrk.Load load, ProcessUsage before, ProcessUsage after) {
        return new Round(
                load.perSecond(),
                after.cpu().minus(before.cpu()).toNanos() / NANOS_PER_MICRO / Math.max(1, load.requests()),
                after.residentBytes());
    }

    public double residentMegabytes() {
        return residentBytes / BYTES_PER_MB;
    }

    /** The median of each figure. */
    public static Round median(List<Round> rounds) {
        return new Round(
                Median.of(rounds.stream().map(Round::perSecond).toList()),
                Median.of(rounds.stream().map(Round::cpuMicros).toList()),
                (long) Median.of(rounds.stream().map(Round::residentBytes).toList()));
    }
}
