package io.ratemesh.converter.book;

import io.ratemesh.converter.json.JsonText;
import io.ratemesh.model.CrossRate;
import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One pair in one book, with the part of its JSON that does not depend on the amount. Owned by one event loop.
 *
 * <p>{@code asOf} is when the older leg was observed; for the euro against itself, the newest rate of the book.
 */
public final class PairQuote {

    private final CrossRate cross;
    private final Instant staleAt;
    private final String head;
    private final String middle;
    private final String end;
    private @Nullable String fresh;
    private @Nullable String outdated;

    private PairQuote(CrossRate cross, Instant staleAt, String head, String middle, String end) {
        this.cross = cross;
        this.staleAt = staleAt;
        this.head = head;
        this.middle = middle;
        this.end = end;
    }

    static Optional<PairQuote> of(RateBook book, String from, String to, Instant newest) {
        return CrossRate.of(book, from, to).map(cross -> {
            Instant asOf = cross.asOf().orElse(newest);
            StringBuilder head = new StringBuilder(48).append('{');
            JsonText.field(head, "from", from).append(',');
            JsonText.field(head, "to", to).append(',');
            StringBuilder middle = new StringBuilder(160);
            JsonText.field(middle, "rate", cross.rate().toPlainString()).append(',');
            JsonText.field(middle, "asOf", asOf.toString()).append(',');
            JsonText.field(middle, "date", date(asOf).toString()).append(",\"sources\":");
            JsonText.array(middle, cross.sources()).append(",\"stale\":");
            String end = ",\"simulated\":" + cross.simulated() + ",\"version\":" + book.version() + '}';
            return new PairQuote(
                    cross, earlier(staleAt(book, from), staleAt(book, to)), head.toString(), middle.toString(), end);
        });
    }

    /** The UTC day of a moment. */
    public static LocalDate date(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** Whether one of the legs has outlived its time at {@code now}. */
    public boolean stale(Instant now) {
        return !now.isBefore(staleAt);
    }

    /** Converts an amount; see {@link CrossRate#convert}. */
    public BigDecimal convert(BigDecimal amount, int scale, RoundingMode rounding) {
        return cross.convert(amount, scale, rounding);
    }

    /** Converts an amount to 34 significant digits; see {@link CrossRate#convertFully}. */
    public BigDecimal convertFully(BigDecimal amount, RoundingMode rounding) {
        return cross.convertFully(amount, rounding);
    }

    /** How the JSON of this pair begins: the brace, {@code from} and {@code to}, a comma. */
    public String head() {
        return head;
    }

    /** How it ends: from {@code rate} to the brace. */
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

    private static Instant staleAt(RateBook book, String code) {
        return book.rate(code).map(Rate::staleAt).orElse(Instant.MAX);
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
