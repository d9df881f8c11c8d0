package io.ratemesh.converter.api;

import io.ratemesh.converter.book.BookView;
import io.ratemesh.converter.book.PairQuote;
import io.ratemesh.converter.http.Answer;
import io.ratemesh.converter.http.EntityTag;
import io.ratemesh.converter.http.Query;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;

/** {@code GET /api/v1/convert}: one amount into another currency. */
final class Conversion implements Resource {

    @Override
    public Answer get(Ask ask) {
        BookView book = ask.rates();
        ConvertRequest asked = ConvertRequest.read(Query.parse(ask.query(), ConvertRequest.PARAMETERS));
        PairQuote quote = Codes.quote(book, asked.from(), asked.to());
        boolean stale = quote.stale(ask.now());
        String json = quote.head() + "\"amount\":\"" + asked.amount().toPlainString() + "\",\"result\":\""
                + result(asked, quote).toPlainString() + "\"," + quote.tail(stale);
        return Answer.current(Buffer.buffer(json), EntityTag.of(book.version(), stale, asked.canonical()));
    }

    private static BigDecimal result(ConvertRequest asked, PairQuote quote) {
        return asked.scale() == ConvertRequest.FULL_SCALE
                ? quote.convertFully(asked.amount(), asked.rounding())
                : quote.convert(asked.amount(), asked.scale(), asked.rounding());
    }
}
