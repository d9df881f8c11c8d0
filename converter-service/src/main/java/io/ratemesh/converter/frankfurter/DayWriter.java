package io.ratemesh.converter.frankfurter;

import io.ratemesh.model.Currencies;
import io.ratemesh.model.Legs;
import io.ratemesh.model.history.RateHistory;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Writes the rates of a base, day by day. A currency without a rate on the very day is left out. */
final class DayWriter {

    private final RateHistory days;
    private final BigDecimal amount;
    private final String base;
    private final List<String> codes;
    private final boolean verbatim;

    DayWriter(RateHistory days, FrankfurterQuery query) {
        this.days = days;
        this.amount = query.amount();
        this.base = query.base();
        Set<String> selected = new TreeSet<>(days.codes());
        selected.add(Currencies.EURO);
        query.symbols().ifPresent(selected::retainAll);
        selected.remove(base);
        this.codes = List.copyOf(selected);
        this.verbatim = Currencies.EURO.equals(base) && amount.compareTo(BigDecimal.ONE) == 0;
    }

    /** The most rates that a day has. */
    int width() {
        return codes.size();
    }

    /** Appends the amount and the base, which responses begin with. */
    StringBuilder begin(StringBuilder json) {
        json.append("{\"amount\":").append(decimal(amount));
        return json.append(",\"base\":\"").append(base).append('"');
    }

    /**
     * Appends the rates of a day as an object.
     *
     * @return whether there were any; otherwise nothing is appended
     */
    boolean append(StringBuilder json, LocalDate day) {
        Optional<BigDecimal> from = days.perEuro(base, day);
        if (from.isEmpty()) {
            return false;
        }
        int begin = json.length();
        json.append('{');
        for (String code : codes) {
            Optional<BigDecimal> to = days.perEuro(code, day);
            if (to.isPresent()) {
                json.append('"').append(code).append("\":").append(number(from.get(), to.get()));
                json.append(',');
            }
        }
        boolean any = json.length() > begin + 1;
        if (any) {
            json.setCharAt(json.length() - 1, '}');
        } else {
            json.setLength(begin);
        }
        return any;
    }

    private String number(BigDecimal from, BigDecimal to) {
        return verbatim ? decimal(to) : rounded(MagnitudeRounding.convert(amount, new Legs(from, to)));
    }

    /** A number that Ruby has as a Float: {@code 1.0}, {@code 20565.38}. */
    static String decimal(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return (stripped.scale() < 1 ? stripped.setScale(1) : stripped).toPlainString();
    }

    /** A rounded number; without decimals Ruby has it as an Integer, {@code 20565}. */
    static String rounded(BigDecimal value) {
        return value.scale() == 0 && value.signum() != 0 ? value.toPlainString() : decimal(value);
    }
}
