package io.ratemesh.rates.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON within the limits of a list of rates: unique names, numbers as text, limited depth and lengths. A larger document
 * is rejected before it uses memory.
 */
final class JsonReader {

    private static final int MAX_DEPTH = 8;
    private static final int MAX_NAME = 100;

    /** Some providers include their terms of use. */
    private static final int MAX_TEXT = 2_000;

    private static final int MAX_NUMBER = 100;

    /** The longest list has some 500 rates, in an array some 2,000 values. */
    private static final int MAX_VALUES = 20_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // Interned names are never freed, and a hostile provider can send new ones in each response.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(MAX_NAME)
                    .maxStringLength(MAX_TEXT)
                    .maxNumberLength(MAX_NUMBER)
                    .build())
            .build();

    private final JsonParser parser;
    private int values;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    static JsonValue read(byte[] body) throws UnreadableResponseException {
        try (JsonParser parser = FACTORY.createParser(body)) {
            JsonValue json = new JsonReader(parser).value(parser.nextToken());
            if (parser.nextToken() != null) {
                throw new UnreadableResponseException("content after the end of the JSON");
            }
            return json;
        } catch (JsonProcessingException e) {
            // Without its message: that quotes the text, which may contain a key.
            throw new UnreadableResponseException("not well-formed JSON, or too large"
                    + Optional.ofNullable(e.getLocation())
                            .map(at -> ", at byte " + at.getByteOffset())
                            .orElse(""));
        } catch (IOException e) {
            throw new UnreadableResponseException("not well-formed JSON: not UTF-8");
        }
    }

    private JsonValue value(@Nullable JsonToken token) throws IOException, UnreadableResponseException {
        if (token == null) {
            throw new UnreadableResponseException("the response is empty");
        }
        if (++values > MAX_VALUES) {
            throw new UnreadableResponseException("more than " + MAX_VALUES + " values");
        }
        return switch (token) {
            case START_OBJECT -> fields();
            case START_ARRAY -> items();
            case VALUE_STRING -> new JsonValue.Text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonValue.Digits(parser.getText());
            case VALUE_TRUE -> JsonValue.Word.TRUE;
            case VALUE_FALSE -> JsonValue.Word.FALSE;
            case VALUE_NULL -> JsonValue.Word.NULL;
            default -> throw new UnreadableResponseException("not well-formed JSON");
        };
    }

    private JsonValue fields() throws IOException, UnreadableResponseException {
        Map<String, JsonValue> byName = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            byName.put(name, value(parser.nextToken()));
        }
        return new JsonValue.Fields(byName);
    }

    private JsonValue items() throws IOException, UnreadableResponseException {
        List<JsonValue> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(token));
        }
        return new JsonValue.Items(items);
    }
}
