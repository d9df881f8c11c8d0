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

/**
 * Writes what an amount of a base is in other currencies, a day at a time. Only the rates of that very day count; a
 * symbol without one is left out.
 */
final class DayWriter {

    private final RateHistory days;
    private final BigDecimal amount;
    private final String base;
    private final List<String> codes;
    private final boolean verbatim;

    /** Writes what is asked for. */
    DayWriter(RateHistory days, FrankfurterQuery asked) {
        this.days = days;
        this.amount = asked.amount();
        this.base = asked.base();
        Set<String> wanted = new TreeSet<>(days.codes());
        wanted.add(Currencies.EURO);
        asked.symbols().ifPresent(wanted::retainAll);
        wanted.remove(base);
        this.codes = List.copyOf(wanted);
        this.verbatim = Currencies.EURO.equals(base) && amount.compareTo(BigDecimal.ONE) == 0;
    }

    /** How many rates a day has at most. */
    int width() {
        return codes.size();
    }

    /** Appends the amount and the base, which the answers begin with. */
    StringBuilder begin(StringBuilder json) {
        json.append("{\"amount\":").append(JsonNumber.decimal(amount));
        return json.append(",\"base\":\"").append(base).append('"');
    }

    /**
     * Appends the rates of a day as an object.
     *
     * @return whether there were any; otherwise nothing was appended
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
        return verbatim
                ? JsonNumber.decimal(to)
                : JsonNumber.rounded(MagnitudeRounding.convert(amount, new Legs(from, to)));
    }
}
