package io.ratemesh.converter.openapi.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.util.List;
import java.util.stream.Collectors;

/** A request with the examples of the document, as a path and as a {@code curl} command. */
final class Curl {

    private static final String BALANCER = "http://localhost:8080";

    private Curl() {}

    /** The command. A stream ends after five seconds. */
    static String line(String method, String target, boolean stream, String body) {
        StringBuilder line = new StringBuilder("curl -s");
        line.append(stream ? "N --max-time 5" : "");
        if (!body.isEmpty()) {
            line.append(" -X ").append(method).append(" -H 'Content-Type: application/json' -d '");
            line.append(body.replace("'", "'\\''")).append('\'');
        }
        return line.append(" '").append(BALANCER).append(target).append('\'').toString();
    }

    /** The path with its query, from the examples of the required parameters. */
    static String target(String path, List<JsonObject> parameters) {
        String filled = path;
        for (JsonObject parameter : parameters) {
            if ("path".equals(parameter.getString("in"))) {
                filled = filled.replace('{' + parameter.getString("name") + '}', example(parameter));
            }
        }
        String query = parameters.stream()
                .filter(parameter ->
                        "query".equals(parameter.getString("in")) && parameter.getBoolean("required", false))
                .map(parameter -> parameter.getString("name") + '=' + encoded(example(parameter)))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? filled : filled + '?' + query;
    }

    /** The example of a parameter, decoded. */
    static String example(JsonObject parameter) {
        Object example = parameter.getValue("example");
        return example instanceof JsonArray items
                ? items.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(example == null ? "" : example);
    }

    /** Encodes a value for a query, in which commas and slashes are allowed (RFC 3986 §3.4). */
    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("%2C", ",").replace("%2F", "/");
    }
}
