package io.ratemesh.benchmarks.growth;

import io.ratemesh.benchmarks.cluster.BenchCluster;
import io.ratemesh.benchmarks.cluster.BookGenerator;
import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.load.LoadPlan;
import io.ratemesh.benchmarks.load.Round;
import io.ratemesh.benchmarks.load.Wrk;
import io.ratemesh.benchmarks.process.ProgressLine;
import io.ratemesh.benchmarks.report.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The cost of conversions: by converters behind a balancer, and by the size of a batch. */
final class ConverterSweeps {

    static final LoadPlan CONVERSIONS = new LoadPlan("/api/v1/convert?from=USD&to=JPY&amount=250.75", 64);

    /** Few, because each has up to 1,000 conversions under way. */
    private static final LoadPlan BATCHES =
            new LoadPlan("/api/v1/convert", List.of("Content-Type: application/json"), 8);

    /** How much longer the warm-up takes for each new JVM, which compiles the same code as the others. */
    private static final int COMPILING_SECONDS = 2;

    private final ServiceBuild services;
    private final int seconds;
    private final int warmUp;

    ConverterSweeps(ServiceBuild services, int seconds, int warmUp) {
        this.services = services;
        this.seconds = seconds;
        this.warmUp = warmUp;
    }

    List<GrowthPoint> converters(List<Integer> sizes) {
        List<GrowthPoint> points = new ArrayList<>();
        int running = sizes.get(0);
        try (BenchCluster cluster =
                BenchCluster.startBalanced(services, new BookGenerator().book(System.currentTimeMillis()), running)) {
            for (int size : sizes) {
                ProgressLine.step(size + " converters");
                int added = size - running;
                cluster.addConverters(added);
                running = size;
                Wrk.run(CONVERSIONS, cluster.port(), warmUp + added * COMPILING_SECONDS);
                Round round = Round.measure(cluster::usage, () -> Wrk.run(CONVERSIONS, cluster.port(), seconds));
                points.add(new GrowthPoint(
                        size,
                        Map.of(
                                Measure.REQUESTS, round.perSecond(),
                                Measure.CPU, round.cpuMicros(),
                                Measure.MEMORY, round.residentMegabytes())));
            }
        }
        return points;
    }

    List<GrowthPoint> batch(List<Integer> sizes) {
        try (BenchCluster cluster =
                BenchCluster.start(services, new BookGenerator(), System.currentTimeMillis(), false)) {
            ProgressLine.step("warm-up");
            Wrk.post(BATCHES, batchBody(sizes.get(sizes.size() - 1)), cluster.port(), warmUp);
            return sizes.stream()
                    .map(size -> {
                        ProgressLine.step("batches of " + size);
                        String body = batchBody(size);
                        Wrk.post(BATCHES, body, cluster.port(), seconds);
                        Round round =
                                Round.measure(cluster::usage, () -> Wrk.post(BATCHES, body, cluster.port(), seconds));
                        return new GrowthPoint(
                                size,
                                Map.of(
                                        Measure.REQUESTS,
                                        round.perSecond(),
                                        Measure.CPU_PER_CONVERSION,
                                        round.cpuMicros() / size));
                    })
                    .toList();
        }
    }

    /** The JSON of a batch. */
    static String batchBody(int conversions) {
        return IntStream.range(0, conversions)
                .mapToObj(i -> "{\"from\":\"USD\",\"to\":\"JPY\",\"amount\":\"" + (1 + i) + ".75\"}")
                .collect(Collectors.joining(",", "{\"conversions\":[", "]}"));
    }
}
