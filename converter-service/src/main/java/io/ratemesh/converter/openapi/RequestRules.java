package io.ratemesh.converter.openapi;

import io.ratemesh.converter.http.Parameter;
import io.ratemesh.converter.http.Parameters;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the document says of requests, compiled once at the start. Immutable. */
public final class RequestRules {

    private static final String METHOD = "get";

    private final Map<String, Parameters> byPath;

    private RequestRules(Map<String, Parameters> byPath) {
        this.byPath = Map.copyOf(byPath);
    }

    /**
     * Compiles a document.
     *
     * @throws IllegalArgumentException where it says of a parameter what cannot be checked
     */
    public static RequestRules of(ApiDocument document) {
        Map<String, Parameters> byPath = new HashMap<>();
        JsonObject paths = document.root().getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            JsonObject operation = paths.getJsonObject(path).getJsonObject(METHOD);
            if (operation != null) {
                byPath.put(path, inQuery(document.parameters(operation)));
            }
        }
        return new RequestRules(byPath);
    }

    /**
     * The parameters in the query of a GET.
     *
     * @param path as in the document
     * @throws IllegalArgumentException for a path that is not in the document: nothing is served that it does not have
     */
    public Parameters query(String path) {
        Parameters parameters = byPath.get(path);
        if (parameters == null) {
            throw new IllegalArgumentException("GET " + path + " is not in openapi.yaml (expected: one that is)");
        }
        return parameters;
    }

    private static Parameters inQuery(List<JsonObject> parameters) {
        return new Parameters(parameters.stream()
                .filter(parameter -> "query".equals(parameter.getString("in")))
                .map(RequestRules::compiled)
                .toList());
    }

    private static Parameter compiled(JsonObject parameter) {
        JsonObject schema = parameter.getJsonObject("schema");
        return new Parameter(
                parameter.getString("name"),
                parameter.getBoolean("required", false),
                Spelling.of(schema),
                schema.getString("x-expected", "as in /api/v1/openapi.json"),
                parameter.getBoolean("allowEmptyValue", false));
    }
}
