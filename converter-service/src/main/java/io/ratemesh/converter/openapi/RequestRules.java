package io.ratemesh.converter.openapi;

import io.ratemesh.converter.http.Parameter;
import io.ratemesh.converter.http.Parameters;
import io.vertx.core.json.JsonObject;

/** The query parameters of each operation of an OpenAPI document, compiled into checks. */
public final class RequestRules {

    private final ApiDocument document;

    public RequestRules(ApiDocument document) {
        this.document = document;
    }

    /**
     * Compiles the query parameters of a GET.
     *
     * @param path as in the document
     * @throws IllegalArgumentException for a path that is not in the document, or a schema that is not supported
     */
    public Parameters query(String path) {
        JsonObject operations = document.root().getJsonObject("paths").getJsonObject(path);
        if (operations == null || !operations.containsKey("get")) {
            throw new IllegalArgumentException("GET " + path + " is not in openapi.yaml; add it");
        }
        return new Parameters(document.parameters(operations.getJsonObject("get")).stream()
                .filter(parameter -> "query".equals(parameter.getString("in")))
                .map(RequestRules::compile)
                .toList());
    }

    private static Parameter compile(JsonObject parameter) {
        JsonObject schema = parameter.getJsonObject("schema");
        return new Parameter(
                parameter.getString("name"),
                parameter.getBoolean("required", false),
                parameter.getBoolean("allowEmptyValue", false),
                ParameterSchema.compile(schema),
                schema.getString("x-kind", "value"),
                schema.getString("x-expected", "a value that /api/v1/openapi.json allows"));
    }
}
