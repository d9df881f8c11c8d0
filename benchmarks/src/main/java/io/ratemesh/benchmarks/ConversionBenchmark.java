package io.ratemesh.benchmarks;

import io.ratemesh.model.Amount;
import io.ratemesh.model.CrossRate;
import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Map;
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
 * One conversion without HTTP: the amount read from text, both legs looked up in the book, multiplied, divided to the
 * target's minor units, and written as text. At the rates of 2026-07-06 (Source: European Central Bank).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ConversionBenchmark {

    private static final Instant AS_OF = Instant.parse("2026-07-06T14:00:00Z");

    private static final RateBook BOOK = new RateBook(
            1, Map.of("USD", ecb("1.1415"), "JPY", ecb("185.31"), "GBP", ecb("0.85538"), "IDR", ecb("20565.38")));

    /** From the plainest pair to the longest numbers. */
    @Param({"EUR USD 2 100", "USD JPY 0 250.75", "IDR USD 2 148000000", "GBP IDR 2 999999999999999999.99"})
    public String question = "";

    private String from = "";
    private String to = "";
    private int scale;
    private String amount = "";

    @Setup
    public void read() {
        String[] words = question.split(" ", -1);
        from = words[0];
        to = words[1];
        scale = Integer.parseInt(words[2]);
        amount = words[3];
    }

    /** From the text of the amount to the text of the result. */
    @Benchmark
    public String convert() {
        BigDecimal parsed = Amount.parse(amount).orElseThrow();
        CrossRate cross = CrossRate.of(BOOK, from, to).orElseThrow();
        return cross.convert(parsed, scale, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static Rate ecb(String perEuro) {
        return new Rate(new BigDecimal(perEuro), "ecb", AS_OF, AS_OF.plusSeconds(86_400));
    }
}
