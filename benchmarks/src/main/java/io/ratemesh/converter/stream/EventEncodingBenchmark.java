package io.ratemesh.converter.stream;

import io.ratemesh.benchmarks.cluster.BookGenerator;
import io.ratemesh.model.RateBook;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a converter does once per update for all readers of the same pairs: it finds the pairs that have changed, and encodes the
 * event. Every rate changes. The readers of all currencies are the most expensive ones.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EventEncodingBenchmark {

    private static final String FIVE = "EUR/USD,EUR/JPY,EUR/GBP,EUR/CHF,EUR/SEK";

    private final RateBook before = new BookGenerator().book(1);
    private final RateBook after = new BookGenerator().book(2);

    @Param({"5", "all"})
    public String pairs = "";

    private PairFilter filter = PairFilter.ALL;

    @Setup
    public void setUp() {
        if (pairs.equals("5")) {
            filter = PairFilter.parse(FIVE, before, 5).orElseThrow();
        }
    }

    @Benchmark
    public Object encode() {
        return EventText.rates(after.version(), UpdateDiff.between(before, after, filter));
    }
}
