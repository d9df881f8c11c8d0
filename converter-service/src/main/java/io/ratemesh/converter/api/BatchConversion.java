package io.ratemesh.converter.api;

import io.ratemesh.converter.book.BookView;
import io.ratemesh.converter.book.QuoteJson;
import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.ProblemException;
import io.ratemesh.converter.json.JsonText;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * {@code POST /api/v1/convert}: many amounts, all from one book. What is wrong with one of them is told in its place, and
 * what is wrong with the body instead of all.
 */
final class BatchConversion {

    private static final int RESULT_CHARS = 320;

    private BatchConversion() {}

    /**
     * Answers a batch.
     *
     * @param json the body
     * @throws ProblemException where the body is none, or there is no book
     */
    static ApiResponse answer(ResourceRequest ask, String json) {
        ask.parameters();
        List<BatchItem> items = BatchReader.read(json);
        BookView book = ask.rates();
        StringBuilder results = new StringBuilder(RESULT_CHARS * items.size() + RESULT_CHARS)
                .append("{\"version\":")
                .append(book.version())
                .append(",\"results\":[");
        String comma = "";
        for (BatchItem item : items) {
            results.append(comma).append('{');
            item.id().ifPresent(id -> JsonText.field(results, BatchItem.ID, id).append(','));
            append(ask, item, results);
            comma = ",";
        }
        return ApiResponse.momentary(Buffer.buffer(results.append("]}").toString()));
    }

    /** Appends the rest of a result: what follows its brace and its id. */
    private static void append(ResourceRequest ask, BatchItem item, StringBuilder results) {
        try {
            String conversion = conversion(ask, ConvertRequest.read(item::value, ask));
            results.append(conversion, 1, conversion.length());
        } catch (ProblemException refusal) {
            results.append("\"problem\":")
                    .append(refusal.problem().json(ask.path()))
                    .append('}');
        }
    }

    private static String conversion(ResourceRequest ask, ConvertRequest asked) {
        if (asked.date().isPresent()) {
            QuoteJson quote = new PastDay(ask, asked.date().get()).quote(asked.from(), asked.to());
            return Conversion.json(asked, quote, false);
        }
        QuoteJson quote = CurrencyCodes.quote(ask.rates(), asked.from(), asked.to());
        return Conversion.json(asked, quote, quote.stale(ask.now()));
    }
}
