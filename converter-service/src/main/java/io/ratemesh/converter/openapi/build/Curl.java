package io.ratemesh.converter.openapi.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.util.List;
import java.util.stream.Collectors;

/** A request with the examples of the document, as a path and as a line for a shell. */
final class Curl {

    private static final String FRONT_DOOR = "http://localhost:8080";

    private Curl() {}

    /** The line; a stream is cut off after five seconds, a body is read by the shell. */
    static String line(String method, String target, boolean stream, String body) {
        StringBuilder line = new StringBuilder("curl -s");
        line.append(stream ? "N --max-time 5" : "");
        if (!body.isEmpty()) {
            line.append(" -X ").append(method).append(" -H 'Content-Type: application/json' -d '");
            line.append(body.replace("'", "'\\''")).append('\'');
        }
        return line.append(" '").append(FRONT_DOOR).append(target).append('\'').toString();
    }

    /** The path with its query, from the examples of the parameters that have to be there. */
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

    /** The example of a parameter as it is written in a query or path, decoded. */
    static String example(JsonObject parameter) {
        Object example = parameter.getValue("example");
        return example instanceof JsonArray items
                ? items.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(example == null ? "" : example);
    }

    /** As in a query; commas and slashes may stand there as they are (RFC 3986 §3.4). */
    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("%2C", ",").replace("%2F", "/");
    }
}
