package io.ratemesh.converter.book;

import io.ratemesh.converter.json.JsonText;
import io.ratemesh.model.quote.PairQuote;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The quote of a pair, with the part of its JSON that does not depend on the amount. Used on one event loop. */
public final class QuoteJson {

    /** The version in responses that come from the history. */
    public static final long NO_BOOK = 0;

    private final PairQuote.Priced priced;
    private final String head;
    private final String middle;
    private final String end;
    private @Nullable String fresh;
    private @Nullable String outdated;

    /**
     * Writes the JSON of a pair.
     *
     * @param version of the book
     */
    QuoteJson(String from, String to, PairQuote.Priced priced, long version) {
        this.priced = priced;
        StringBuilder begin = new StringBuilder(48).append('{');
        JsonText.field(begin, "from", from).append(',');
        JsonText.field(begin, "to", to).append(',');
        StringBuilder rate = new StringBuilder(160);
        JsonText.field(rate, "rate", priced.legs().rate().toPlainString()).append(',');
        JsonText.field(rate, "asOf", priced.asOf().toString()).append(',');
        JsonText.field(rate, "date", priced.date().toString()).append(",\"sources\":");
        JsonText.array(rate, priced.sources()).append(",\"stale\":");
        this.head = begin.toString();
        this.middle = rate.toString();
        this.end = ",\"simulated\":" + priced.simulated() + ",\"version\":" + version + '}';
    }

    /**
     * The quote of a past day, which has the version {@link #NO_BOOK}.
     *
     * @param from upper-case code
     * @param to upper-case code
     */
    public static QuoteJson past(String from, String to, PairQuote.Priced priced) {
        return new QuoteJson(from, to, priced, NO_BOOK);
    }

    public PairQuote.Priced priced() {
        return priced;
    }

    public LocalDate date() {
        return priced.date();
    }

    public boolean stale(Instant now) {
        return priced.stale(now);
    }

    /** Converts an amount; see {@link io.ratemesh.model.Legs#convert}. */
    public BigDecimal convert(BigDecimal amount, int scale, RoundingMode rounding) {
        return priced.legs().convert(amount, scale, rounding);
    }

    /** Converts an amount to 34 significant digits; see {@link io.ratemesh.model.Legs#convertFully}. */
    public BigDecimal convertFully(BigDecimal amount, RoundingMode rounding) {
        return priced.legs().convertFully(amount, rounding);
    }

    /** The beginning of the JSON: the brace, {@code from}, {@code to} and a comma. */
    public String head() {
        return head;
    }

    /** The end of the JSON: from {@code rate} to the brace. */
    public String tail(boolean stale) {
        String tail = stale ? outdated : fresh;
        if (tail == null) {
            tail = middle + stale + end;
            if (stale) {
                outdated = tail;
            } else {
                fresh = tail;
            }
        }
        return tail;
    }
}
