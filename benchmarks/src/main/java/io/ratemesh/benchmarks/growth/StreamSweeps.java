package io.ratemesh.benchmarks.growth;

import io.ratemesh.benchmarks.cluster.BookGenerator;
import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.load.Round;
import io.ratemesh.benchmarks.load.Wrk;
import io.ratemesh.benchmarks.process.ProgressLine;
import io.ratemesh.benchmarks.report.Measure;
import io.ratemesh.benchmarks.sse.ConverterStreams;
import io.ratemesh.benchmarks.sse.StreamRound;
import io.ratemesh.benchmarks.sse.StreamRun;
import io.ratemesh.benchmarks.sse.StreamServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The cost of streams and updates of one converter: by readers, by updates per second, and by currencies of the book. */
final class StreamSweeps {

    private static final BookGenerator BOOKS = new BookGenerator();
    private static final int WARM_UP_READERS = 100;
    private static final int WARM_UP_UPDATES = 100;
    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(20);

    /** About as many events as the readers in this JVM can take. */
    private static final int DELIVERIES_PER_SECOND = 10_000;

    /** With so many, an update costs more than the steps of 10 ms in which CPU time is counted. */
    private static final int READERS_OF_UPDATES = 500;

    private static final int LEAST_UPDATES = 10;

    private final ServiceBuild services;
    private final int seconds;

    StreamSweeps(ServiceBuild services, int seconds) {
        this.services = services;
        this.seconds = seconds;
    }

    List<GrowthPoint> readers(List<Integer> sizes) {
        return sweep(sizes, (run, size) -> {
            Duration period = period(size);
            StreamRound round = run.measure(BOOKS, size, updates(period), period);
            return new GrowthPoint(size, Map.of(Measure.CPU_PER_DELIVERY, round.cpuMicrosPerDelivery()));
        });
    }

    List<GrowthPoint> updates(List<Integer> sizes) {
        return sweep(sizes, (run, size) -> {
            Duration period = Duration.ofSeconds(1).dividedBy(size);
            StreamRound round = run.measure(BOOKS, READERS_OF_UPDATES, updates(period), period);
            return new GrowthPoint(size, Map.of(Measure.CPU_PER_UPDATE, round.cpuMicrosPerUpdate()));
        });
    }

    List<GrowthPoint> currencies(List<Integer> sizes) {
        return sweep(sizes, (run, size) -> {
            StreamRound round = run.measure(new BookGenerator(size), 1, updates(SHORTEST_PERIOD), SHORTEST_PERIOD);
            StreamServer server = run.server();
            Round conversions =
                    Round.measure(server::usage, () -> Wrk.run(ConverterSweeps.CONVERSIONS, server.port(), seconds));
            return new GrowthPoint(
                    size,
                    Map.of(
                            Measure.CPU_PER_UPDATE, round.cpuMicrosPerUpdate(),
                            Measure.CPU_PER_CONVERSION, conversions.cpuMicros()));
        });
    }

    private List<GrowthPoint> sweep(List<Integer> sizes, BiFunction<StreamRun, Integer, GrowthPoint> point) {
        long version = System.currentTimeMillis();
        try (ConverterStreams server = ConverterStreams.start(services, BOOKS, version)) {
            StreamRun run = new StreamRun(server, version);
            run.measure(BOOKS, WARM_UP_READERS, WARM_UP_UPDATES, SHORTEST_PERIOD);
            return sizes.stream()
                    .map(size -> {
                        ProgressLine.step("size " + size);
                        return point.apply(run, size);
                    })
                    .toList();
        }
    }

    /** The time between two updates for a number of readers. */
    static Duration period(int readers) {
        Duration period = Duration.ofSeconds(readers).dividedBy(DELIVERIES_PER_SECOND);
        return period.compareTo(SHORTEST_PERIOD) < 0 ? SHORTEST_PERIOD : period;
    }

    private int updates(Duration period) {
        return (int) Math.max(LEAST_UPDATES, Duration.ofSeconds(seconds).dividedBy(period));
    }
}
