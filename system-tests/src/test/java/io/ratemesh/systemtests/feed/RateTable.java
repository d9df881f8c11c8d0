package io.ratemesh.systemtests.feed;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Units of each currency for one euro, as a provider spells them: what is no number can stand here too.
 *
 * @param texts the spelling by currency, in the order of the file
 */
public record RateTable(Map<String, String> texts) {

    private static final MathContext SIX_DIGITS = new MathContext(6);

    public RateTable {
        texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    }

    public Set<String> currencies() {
        return texts.keySet();
    }

    /** The rate of a currency that has one. */
    public BigDecimal rate(String currency) {
        String text = texts.get(currency);
        if (text == null) {
            throw new AssertionError("no " + currency + " among " + currencies());
        }
        return new BigDecimal(text);
    }

    /** Every rate times so much, to six digits. */
    public RateTable times(String factor) {
        BigDecimal by = new BigDecimal(factor);
        return spelled(
                text -> new BigDecimal(text).multiply(by).round(SIX_DIGITS).toPlainString());
    }

    /** Euros for one unit of each, as if the table were read the wrong way round. */
    public RateTable inverted() {
        return spelled(
                text -> BigDecimal.ONE.divide(new BigDecimal(text), SIX_DIGITS).toPlainString());
    }

    /** The same numbers as some providers spell small ones: {@code 0.00028421} as {@code 2.8421e-4}. */
    public RateTable inExponents() {
        return spelled(text -> {
            BigDecimal rate = new BigDecimal(text);
            int exponent = rate.precision() - rate.scale() - 1;
            return rate.movePointLeft(exponent).toPlainString() + "e" + exponent;
        });
    }

    /** Every rate spelled otherwise. */
    public RateTable spelled(UnaryOperator<String> spelling) {
        Map<String, String> changed = new LinkedHashMap<>();
        texts.forEach((currency, text) -> changed.put(currency, spelling.apply(text)));
        return new RateTable(changed);
    }

    /** With another spelling of one currency. */
    public RateTable with(String currency, String text) {
        Map<String, String> changed = new LinkedHashMap<>(texts);
        changed.put(currency, text);
        return new RateTable(changed);
    }

    /** With one currency at so many times its rate. */
    public RateTable withJump(String currency, String factor) {
        return with(currency, times(factor).rate(currency).toPlainString());
    }

    /** The first so many of it. */
    public RateTable first(int count) {
        return new RateTable(texts.entrySet().stream()
                .limit(count)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new)));
    }
}
