package io.ratemesh.benchmarks.jmh;

import io.ratemesh.model.Amount;
import io.ratemesh.model.Currencies;
import io.ratemesh.model.Currency;
import io.ratemesh.model.Legs;
import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.HashMap;
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
 * One conversion without HTTP, compared with Moneta, the reference implementation of JavaMoney (JSR 354), at the rates of 2026-07-06
 * (Source: European Central Bank).
 *
 * <p>Ratemesh looks both legs up in the book, multiplies, and divides once to the target's minor units. Moneta's provider has the
 * cross rate ready with 34 digits, so that only applying it and rounding are measured. {@link #setUp} checks that both results are
 * equal.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ConversionBenchmark {

    private static final Instant AS_OF = Instant.parse("2026-07-06T14:00:00Z");

    private static final RateBook BOOK = book();

    /** From, to, decimals of the result, amount; the last one has the longest numbers. */
    @Param({"USD JPY 0 250.75", "IDR USD 2 148000000", "GBP IDR 2 999999999999999999.99"})
    public String conversion = "";

    private String from = "";
    private String to = "";
    private int scale;
    private String amount = "";
    private BigDecimal number = BigDecimal.ZERO;
    private MonetaConversion moneta = MonetaConversion.NONE;

    @Setup
    public void setUp() {
        String[] words = conversion.split(" ", -1);
        from = words[0];
        to = words[1];
        scale = Integer.parseInt(words[2]);
        amount = words[3];
        number = new BigDecimal(amount);
        moneta = MonetaConversion.at(legs().rate(), from, to);
        if (ratemesh().compareTo(moneta()) != 0) {
            throw new IllegalStateException(conversion + ": " + ratemesh() + ", Moneta: " + moneta());
        }
    }

    /** From number to number with Ratemesh. */
    @Benchmark
    public BigDecimal ratemesh() {
        return legs().convert(number, scale, RoundingMode.HALF_EVEN);
    }

    /** From number to number with Moneta. */
    @Benchmark
    public BigDecimal moneta() {
        return moneta.convert(number);
    }

    /** As in a response: from the text of the amount to the text of the result. */
    @Benchmark
    public String ratemeshFromTextToText() {
        BigDecimal parsed = Amount.parse(amount).orElseThrow();
        return legs().convert(parsed, scale, RoundingMode.HALF_EVEN).toPlainString();
    }

    private Legs legs() {
        return new Legs(perEuro(from), perEuro(to));
    }

    private static BigDecimal perEuro(String code) {
        return BOOK.rate(code).orElseThrow().perEuro();
    }

    /** A book of all currencies in use, with real rates of four. */
    private static RateBook book() {
        Map<String, Rate> rates = new HashMap<>();
        for (Currency currency : Currencies.all()) {
            if (currency.withdrawn().isEmpty() && !Currencies.EURO.equals(currency.code())) {
                rates.put(currency.code(), ecb("1"));
            }
        }
        rates.putAll(Map.of("USD", ecb("1.1415"), "JPY", ecb("185.31"), "GBP", ecb("0.85538"), "IDR", ecb("20565.38")));
        return new RateBook(1, rates);
    }

    private static Rate ecb(String perEuro) {
        return new Rate(new BigDecimal(perEuro), "ecb", AS_OF, AS_OF.plusSeconds(86_400));
    }
}
