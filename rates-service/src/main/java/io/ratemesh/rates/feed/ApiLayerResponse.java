package io.ratemesh.rates.feed;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Parses the responses of APILayer: rates in one of two forms, or an error, also with status 200:
 *
 * <pre>
 * {"success": true, "timestamp": 1783346400, "source": "USD", "quotes": {"USDAED": 3.6725, …}}
 * {"success": true, "timestamp": 1783346400, "base": "EUR", "rates": {"AED": 4.19, …}}
 * {"success": false, "error": {"code": 101, "type": "invalid_access_key", "info": "…"}}
 * </pre>
 */
final class ApiLayerResponse {

    private ApiLayerResponse() {}

    static FeedResponse read(byte[] body) throws UnreadableResponseException {
        JsonValue json = JsonValue.read(body);
        if (json.find("success").orElse(JsonValue.Word.NULL) != JsonValue.Word.TRUE) {
            JsonValue error = json.find("error").orElse(JsonValue.Word.NULL);
            throw new UnreadableResponseException("the provider reports error " + ErrorCode.of(error, "code"));
        }
        Instant observedAt = json.unixTime("timestamp");
        return json.find("quotes").isPresent()
                ? quotes(json.text("source"), json.fields("quotes"), observedAt)
                : EuroRates.toResponse(json.text("base"), json.fields("rates"), observedAt);
    }

    /** Parses the form whose names are both currencies, the source first. */
    private static FeedResponse quotes(String source, Map<String, JsonValue> quotes, Instant observedAt)
            throws UnreadableResponseException {
        Map<String, JsonValue> rates = new LinkedHashMap<>();
        for (Map.Entry<String, JsonValue> quote : quotes.entrySet()) {
            if (!quote.getKey().startsWith(source)) {
                throw new UnreadableResponseException("a quote against another currency than its source");
            }
            rates.put(quote.getKey().substring(source.length()), quote.getValue());
        }
        return EuroRates.toResponse(source, rates, observedAt);
    }
}
