package io.ratemesh.balancer.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a flat JSON object of strings, integers and booleans. Rejects unknown and repeated fields. */
final class StrictBody {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private StrictBody() {}

    /**
     * Reads a body.
     *
     * @return each field as {@code String}, {@code Integer} or {@code Boolean}
     * @throws IllegalArgumentException if the body is invalid; the message says why
     */
    static Map<String, Object> read(@Nullable Buffer body, Set<String> known) {
        try (JsonParser json = FACTORY.createParser(body == null ? new byte[0] : body.getBytes())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("the body must be a JSON object");
            }
            Map<String, Object> fields = new LinkedHashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (!known.contains(name)) {
                    throw new IllegalArgumentException("unknown field; use " + String.join(", ", known));
                }
                fields.put(name, value(name, json));
            }
            if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
                throw new IllegalArgumentException("the body must be one JSON object and nothing else");
            }
            return fields;
        } catch (IOException e) {
            throw new IllegalArgumentException("the body must be valid JSON, with each field once", e);
        }
    }

    private static Object value(String name, JsonParser json) throws IOException {
        JsonToken token = json.nextToken();
        if (token == JsonToken.VALUE_STRING) {
            return json.getText();
        }
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return json.getBooleanValue();
        }
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return json.getIntValue();
        }
        throw new IllegalArgumentException(name + ": must be a string, an integer or a boolean");
    }
}
