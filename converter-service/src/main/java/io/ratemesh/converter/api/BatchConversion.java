package io.ratemesh.converter.api;

import io.ratemesh.converter.book.BookView;
import io.ratemesh.converter.book.QuoteJson;
import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.Parameters;
import io.ratemesh.converter.http.ProblemException;
import io.ratemesh.converter.http.Query;
import io.ratemesh.converter.json.JsonText;
import io.ratemesh.converter.route.ResourceRequest;
import io.ratemesh.converter.route.RouteHandler;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;

/**
 * {@code POST /api/v1/convert}: up to a thousand conversions from one book. An error in one of them takes the place of its
 * result; an error in the body rejects all.
 */
final class BatchConversion implements RouteHandler.JsonBody {

    private static final int RESULT_CHARS = 320;

    private final Parameters parameters;

    /** A batch of conversions that have the parameters of a single one. */
    BatchConversion(Parameters parameters) {
        this.parameters = parameters;
    }

    @Override
    public ApiResponse post(ResourceRequest request, String json) {
        List<Map<String, String>> items = BatchReader.read(json);
        BookView book = request.rates();
        StringBuilder results = new StringBuilder(RESULT_CHARS * items.size() + RESULT_CHARS)
                .append("{\"version\":")
                .append(book.version())
                .append(",\"results\":[");
        String comma = "";
        for (Map<String, String> item : items) {
            results.append(comma).append('{');
            String id = item.get(BatchReader.ID);
            if (id != null) {
                JsonText.field(results, BatchReader.ID, id).append(',');
            }
            appendResult(request, item, results);
            comma = ",";
        }
        return ApiResponse.momentary(Buffer.buffer(results.append("]}").toString()));
    }

    /** Appends a result from after its opening brace and its id. */
    private void appendResult(ResourceRequest request, Map<String, String> item, StringBuilder results) {
        try {
            String result = convert(request, ConvertRequest.read(Query.of(item, parameters), request));
            results.append(result, 1, result.length());
        } catch (ProblemException e) {
            results.append("\"problem\":")
                    .append(e.problem().json(request.path()))
                    .append('}');
        }
    }

    private static String convert(ResourceRequest request, ConvertRequest conversion) {
        if (conversion.date().isPresent()) {
            PastDay day = new PastDay(request, conversion.date().get());
            return Conversion.json(conversion, day.quote(conversion.from(), conversion.to()), false);
        }
        QuoteJson quote = CurrencyCodes.quote(request.rates(), conversion.from(), conversion.to());
        return Conversion.json(conversion, quote, quote.stale(request.now()));
    }
}
