package io.ratemesh.converter.openapi;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** An OpenAPI document and the resolution of its references. */
public final class ApiDocument {

    private static final String REFERENCE = "$ref";

    private final JsonObject root;

    /** A document, which is not modified. */
    public ApiDocument(JsonObject root) {
        this.root = root;
    }

    /**
     * Reads the document that the build has packed.
     *
     * @param settings values of the settings that it names
     */
    public static ApiDocument packed(Map<String, Integer> settings) {
        return new ApiDocument(new JsonObject(Packed.text("openapi.json", settings)));
    }

    /** The document; must not be modified. */
    public JsonObject root() {
        return root;
    }

    /** Resolves an object that may be a reference. Fields beside the reference outrank its target's. */
    public JsonObject resolved(JsonObject object) {
        String reference = object.getString(REFERENCE);
        if (reference == null) {
            return object;
        }
        JsonObject target = resolved(at(reference)).copy();
        object.forEach(field -> {
            if (!REFERENCE.equals(field.getKey())) {
                target.put(field.getKey(), field.getValue());
            }
        });
        return target;
    }

    /** The parameters of an operation, with references resolved in them, their schemas and items. */
    public List<JsonObject> parameters(JsonObject operation) {
        return operation.getJsonArray("parameters", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .map(parameter -> {
                    JsonObject whole = resolved(parameter).copy();
                    return whole.put("schema", schema(whole.getJsonObject("schema")));
                })
                .toList();
    }

    private JsonObject schema(JsonObject schema) {
        JsonObject whole = resolved(schema).copy();
        return whole.containsKey("items") ? whole.put("items", schema(whole.getJsonObject("items"))) : whole;
    }

    private JsonObject at(String reference) {
        JsonObject found = root;
        for (String name : reference.substring(2).split("/", -1)) {
            found = Objects.requireNonNull(found.getJsonObject(name), () -> "nothing at " + reference);
        }
        return found;
    }
}
