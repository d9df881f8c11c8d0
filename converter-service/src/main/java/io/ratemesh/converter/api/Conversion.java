package io.ratemesh.converter.api;

import io.ratemesh.converter.book.BookView;
import io.ratemesh.converter.book.PairQuote;
import io.ratemesh.converter.http.Answer;
import io.ratemesh.converter.http.EntityTag;
import io.ratemesh.converter.http.Query;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** {@code GET /api/v1/convert}: one amount into another currency. */
final class Conversion implements Resource {

    /** Whoever would rather read gets a page. */
    private static final List<Answer.Field> VARY = List.of(new Answer.Field(HttpHeaders.VARY, HttpHeaders.ACCEPT));

    @Override
    public Answer get(Ask ask) {
        Query query = ask.parameters();
        ConvertRequest asked = ConvertRequest.read(query::optional, ask);
        Answer answer = asked.date().isPresent() ? past(ask, asked, asked.date().get()) : now(ask, asked);
        return answer.with(VARY);
    }

    /** The JSON of a conversion. */
    static String json(ConvertRequest asked, PairQuote quote, boolean stale) {
        return quote.head() + "\"amount\":\"" + asked.amount().toPlainString() + "\",\"result\":\""
                + result(asked, quote).toPlainString() + "\"," + quote.tail(stale);
    }

    private static Answer now(Ask ask, ConvertRequest asked) {
        BookView book = ask.rates();
        PairQuote quote = Codes.quote(book, asked.from(), asked.to());
        boolean stale = quote.stale(ask.now());
        return Answer.current(
                Buffer.buffer(json(asked, quote, stale)), EntityTag.of(book.version(), stale, asked.canonical()));
    }

    private static Answer past(Ask ask, ConvertRequest asked, LocalDate date) {
        PastDay day = new PastDay(ask, date);
        PairQuote quote = day.quote(asked.from(), asked.to());
        return day.answer(json(asked, quote, false), quote.date());
    }

    /** How much of the other currency it is. */
    static BigDecimal result(ConvertRequest asked, PairQuote quote) {
        return asked.scale() == ConvertRequest.FULL_SCALE
                ? quote.convertFully(asked.amount(), asked.rounding())
                : quote.convert(asked.amount(), asked.scale(), asked.rounding());
    }
}
