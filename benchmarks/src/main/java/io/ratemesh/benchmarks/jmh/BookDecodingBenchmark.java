package io.ratemesh.benchmarks.jmh;

import io.ratemesh.benchmarks.cluster.BookGenerator;
import io.ratemesh.model.RateBook;
import io.ratemesh.model.RateBookCodec;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What each converter does with a new book of all currencies: it decodes the text that a rates node has published. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BookDecodingBenchmark {

    private final String text = RateBookCodec.encode(new BookGenerator().book(1));

    @Benchmark
    public RateBook decode() {
        return RateBookCodec.decode(text);
    }
}
