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
 * Reads the body of a batch. An unknown or repeated field is rejected, not ignored. Every value is a string: most programs
 * that write a JSON number have made a binary fraction of it.
 */
final class BatchReader {

    static final String ID = "id";

    private static final int MAX_ITEMS = 1000;

    private static final int MAX_ID_LENGTH = 64;

    /** The body, its list and an item are three; one more, so that the error is ours and not the parser's. */
    private static final int MAX_DEPTH = 4;

    private static final String LIST = "conversions";
    private static final List<String> FIELDS = List.of(ID, "from", "to", "amount", "date", "rounding", "scale");

    private static final JsonFactory FACTORY = JsonFactory.builder()
            // A client could fill memory with names that are interned or cached.
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
     * @return the fields of 1 to 1000 conversions, by name; their values are not checked
     * @throws ProblemException with {@code bad-request} when it is not JSON, with {@code bad-parameter} when it is other JSON
     */
    static List<Map<String, String>> read(String json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            return new BatchReader(parser).body();
        } catch (JsonProcessingException e) {
            JsonLocation where = e.getLocation();
            String at = where == null ? "" : ": line " + where.getLineNr() + ", column " + where.getColumnNr();
            throw Problem.of(ProblemCode.BAD_REQUEST, "the body is not JSON (RFC 8259)" + at)
                    .exception();
        } catch (IOException e) {
            throw new IllegalStateException("reading a string does not fail", e);
        }
    }

    private List<Map<String, String>> body() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw wrong("the body", "an object with " + LIST);
        }
        List<Map<String, String>> items = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            checkName("", parser.currentName(), List.of(LIST), items != null);
            items = list();
        }
        if (items == null) {
            throw bad(LIST + ": missing; send 1 to " + MAX_ITEMS);
        }
        if (parser.nextToken() != null) {
            throw Problem.of(ProblemCode.BAD_REQUEST, "the body continues after its JSON object; send one object")
                    .exception();
        }
        return items;
    }

    private List<Map<String, String>> list() throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw wrong(LIST, "an array");
        }
        List<Map<String, String>> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (items.size() == MAX_ITEMS) {
                throw bad(LIST + ": more than " + MAX_ITEMS + "; send 1 to " + MAX_ITEMS);
            }
            items.add(item(LIST + '[' + items.size() + ']'));
        }
        if (items.isEmpty()) {
            throw bad(LIST + ": empty; send 1 to " + MAX_ITEMS);
        }
        return items;
    }

    private Map<String, String> item(String where) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw wrong(where, "an object");
        }
        Map<String, String> fields = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            checkName(where + '.', name, FIELDS, fields.containsKey(name));
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                throw wrong(where + '.' + name, "a string, because numbers lose digits");
            }
            fields.put(name, parser.getText());
        }
        String id = fields.getOrDefault(ID, "none");
        if (id.isEmpty() || id.codePointCount(0, id.length()) > MAX_ID_LENGTH) {
            throw Problem.parameter(where + '.' + ID, id, "id", "1 to " + MAX_ID_LENGTH + " characters")
                    .exception();
        }
        return fields;
    }

    private static void checkName(String where, String name, List<String> known, boolean twice) {
        if (!known.contains(name)) {
            throw bad("unknown field " + where + Problem.shown(name) + "; use one of " + String.join(", ", known));
        }
        if (twice) {
            throw bad(where + name + ": given more than once; give it once");
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
        return bad(what + ": " + given + "; use " + expected);
    }

    private static ProblemException bad(String detail) {
        return Problem.of(ProblemCode.BAD_PARAMETER, detail).exception();
    }
}
