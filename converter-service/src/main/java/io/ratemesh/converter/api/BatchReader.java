package io.ratemesh.converter.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.http.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the body of a batch, strictly: what it does not know it refuses, since whoever sent it meant something by it. Every
 * value is a string, amounts above all: a JSON number is a binary fraction to most that write it.
 */
final class BatchReader {

    /** How many conversions a batch has at most. */
    static final int MAX_ITEMS = 1000;

    private static final int MAX_ID_LENGTH = 64;

    /** The body, its list and an item are three; one more, so that it is us who say what is wrong. */
    private static final int MAX_DEPTH = 4;

    private static final String LIST = "conversions";
    private static final List<String> FIELDS =
            List.of(BatchItem.ID, "from", "to", "amount", "date", "rounding", "scale");

    private static final JsonFactory FACTORY = JsonFactory.builder()
            // Interned names stay for good, and anybody may send new ones.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private final JsonParser parser;

    private BatchReader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Reads a body.
     *
     * @return 1 to {@link #MAX_ITEMS} conversions
     * @throws ProblemException with {@code bad-request} where it is no JSON, with {@code bad-parameter} where it is other JSON
     */
    static List<BatchItem> read(String json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            return new BatchReader(parser).body();
        } catch (JsonProcessingException e) {
            JsonLocation where = e.getLocation();
            String at = where == null ? "" : ": line " + where.getLineNr() + ", column " + where.getColumnNr();
            throw Problem.of(ProblemCode.BAD_REQUEST, "the body is no JSON (RFC 8259)" + at)
                    .refusal();
        } catch (IOException e) {
            throw new IllegalStateException("a string cannot fail to be read", e);
        }
    }

    private List<BatchItem> body() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw wrong("the body", "an object with " + LIST);
        }
        List<BatchItem> items = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            checkName("", parser.currentName(), List.of(LIST), items != null);
            items = list();
        }
        if (items == null) {
            throw bad(LIST + ": missing (expected: 1 to " + MAX_ITEMS + ")");
        }
        if (parser.nextToken() != null) {
            throw Problem.of(ProblemCode.BAD_REQUEST, "the body goes on after its end")
                    .refusal();
        }
        return items;
    }

    private List<BatchItem> list() throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw wrong(LIST, "an array");
        }
        List<BatchItem> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (items.size() == MAX_ITEMS) {
                throw bad(LIST + ": more than " + MAX_ITEMS + " (expected: 1 to " + MAX_ITEMS + ")");
            }
            items.add(item(LIST + '[' + items.size() + ']'));
        }
        if (items.isEmpty()) {
            throw bad(LIST + ": empty (expected: 1 to " + MAX_ITEMS + ")");
        }
        return items;
    }

    private BatchItem item(String where) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw wrong(where, "an object");
        }
        Map<String, String> fields = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            checkName(where + '.', name, FIELDS, fields.containsKey(name));
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                throw wrong(where + '.' + name, "a string: numbers lose digits on their way");
            }
            fields.put(name, parser.getText());
        }
        String id = fields.getOrDefault(BatchItem.ID, "none");
        if (id.isEmpty() || id.codePointCount(0, id.length()) > MAX_ID_LENGTH) {
            throw Problem.parameter(where + '.' + BatchItem.ID, id, "1 to " + MAX_ID_LENGTH + " characters")
                    .refusal();
        }
        return new BatchItem(fields);
    }

    private static void checkName(String where, String name, List<String> known, boolean twice) {
        if (!known.contains(name)) {
            throw bad("unknown field " + where + Problem.shown(name) + " (expected: " + String.join(", ", known) + ")");
        }
        if (twice) {
            throw bad(where + name + ": given twice (expected: once)");
        }
    }

    private ProblemException wrong(String what, String expected) {
        JsonToken token = parser.currentToken();
        String given = token == null
                ? "nothing"
                : switch (token) {
                    case START_OBJECT -> "an object";
                    case START_ARRAY -> "an array";
                    case VALUE_STRING -> "a string";
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
                    case VALUE_TRUE, VALUE_FALSE -> "a boolean";
                    default -> "null";
                };
        return bad(what + ": " + given + " (expected: " + expected + ")");
    }

    private static ProblemException bad(String detail) {
        return Problem.of(ProblemCode.BAD_PARAMETER, detail).refusal();
    }
}
