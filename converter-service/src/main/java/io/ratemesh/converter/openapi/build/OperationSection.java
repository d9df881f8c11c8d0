package io.ratemesh.converter.openapi.build;

import static io.ratemesh.converter.page.HtmlText.escaped;
import static io.ratemesh.converter.page.HtmlText.inline;
import static io.ratemesh.converter.page.HtmlText.paragraph;

import io.ratemesh.converter.openapi.ApiDocument;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One operation on the page: description, form, {@code curl} command and responses. */
final class OperationSection {

    private static final String JSON = "application/json";

    private final ApiDocument document;
    private final String method;
    private final String path;
    private final JsonObject operation;
    private final String id;
    private final String summary;
    private final List<JsonObject> parameters;

    OperationSection(ApiDocument document, String method, String path, JsonObject operation) {
        this.document = document;
        this.method = method.toUpperCase(Locale.ROOT);
        this.path = path;
        this.operation = operation;
        this.id = operation.getString("operationId");
        this.summary = inline(operation.getString("summary"));
        this.parameters = document.parameters(operation);
    }

    boolean hasTag(String tag) {
        return operation.getJsonArray("tags").contains(tag);
    }

    String link() {
        return "<li><a href=\"#" + id + "\">" + summary + "</a></li>\n";
    }

    String html() {
        return """
                <article class="card" id="%s">
                <h3>%s</h3>
                <p class="path"><b>%s</b> <code>%s</code></p>
                %s%s%s</article>
                """.formatted(
                        id,
                        summary,
                        method,
                        escaped(path).replace("/", "/<wbr>"),
                        paragraph(operation.getString("description", "")),
                        form(),
                        responses());
    }

    private String form() {
        boolean stream = isStream();
        String body = exampleBody();
        String fields = parameters.stream()
                .map(parameter -> new ParameterField(id, parameter).html())
                .collect(Collectors.joining());
        return """
                <form class="try" method="get" autocomplete="off" action="%1$s" data-method="%2$s" data-path="%1$s"%3$s>
                %4$s%5$s<div class="line"><pre class="curl" tabindex="0" aria-label="As a curl command"><code>%6$s</code></pre></div>
                <p class="buttons needs-script"><button type="submit">%7$s<span class="visually-hidden">: %8$s</span></button>%9$s</p>
                <p class="outcome" role="status"></p>
                <pre class="response" tabindex="0" aria-label="Response" hidden></pre>
                </form>
                """.formatted(
                        escaped(path),
                        method,
                        stream ? " data-stream" : "",
                        fields,
                        body.isEmpty() ? "" : bodyField(body),
                        escaped(Curl.line(method, Curl.target(path, parameters), stream, body)),
                        stream ? "Open stream" : "Try it",
                        summary,
                        stream ? " <button type=\"button\" class=\"stop\" disabled>Stop</button>" : "");
    }

    private String bodyField(String body) {
        return """
                <p class="field"><label for="%1$s-body">Body</label>
                <textarea id="%1$s-body" name="body" rows="8" spellcheck="false" aria-describedby="%1$s-body-hint">%2$s</textarea></p>
                <p class="hint" id="%1$s-body-hint">%3$s</p>
                """.formatted(
                id, escaped(body), inline(operation.getJsonObject("requestBody").getString("description", "")));
    }

    private String responses() {
        StringBuilder html = new StringBuilder();
        for (Map.Entry<String, Object> entry : operation.getJsonObject("responses")) {
            JsonObject response = document.resolved((JsonObject) entry.getValue());
            html.append("<dt>").append(entry.getKey()).append("</dt>\n<dd>");
            html.append(paragraph(response.getString("description")));
            JsonObject headers = response.getJsonObject("headers", new JsonObject());
            if (!headers.isEmpty()) {
                html.append("<p class=\"headers\">With <code>%s</code></p>\n"
                        .formatted(String.join("</code>, <code>", headers.fieldNames())));
            }
            for (Map.Entry<String, Object> content : response.getJsonObject("content", new JsonObject())) {
                html.append(content(content.getKey(), (JsonObject) content.getValue()));
            }
            html.append("</dd>\n");
        }
        return """
                <details><summary>Responses<span class="visually-hidden"> of %s</span></summary>
                <dl class="responses">
                %s</dl></details>
                """.formatted(summary, html);
    }

    private String content(String mediaType, JsonObject content) {
        StringBuilder html = new StringBuilder("<p><code>%s</code></p>\n".formatted(escaped(mediaType)));
        Object example = content.getValue("example");
        if (example != null) {
            String text = example instanceof JsonObject json ? json.encodePrettily() : example.toString();
            html.append("<pre tabindex=\"0\" aria-label=\"Example\">%s</pre>\n".formatted(escaped(text)));
        }
        JsonObject schema = document.resolved(content.getJsonObject("schema", new JsonObject()));
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        if (mediaType.equals(JSON) && !properties.isEmpty()) {
            html.append("<dl class=\"properties\">\n");
            for (String name : properties.fieldNames()) {
                JsonObject property = document.resolved(properties.getJsonObject(name));
                html.append("<dt><code>%s</code> <span>%s</span></dt><dd>%s</dd>\n"
                        .formatted(
                                escaped(name), escaped(type(property)), inline(property.getString("description", ""))));
            }
            html.append("</dl>\n");
        }
        return html.toString();
    }

    private static String type(JsonObject property) {
        Object type = property.getValue("type", "");
        return type instanceof JsonArray types
                ? String.join(" or ", types.stream().map(String::valueOf).toList())
                : type.toString();
    }

    private boolean isStream() {
        JsonObject success = operation.getJsonObject("responses").getJsonObject("200", new JsonObject());
        return document.resolved(success)
                .getJsonObject("content", new JsonObject())
                .containsKey("text/event-stream");
    }

    private String exampleBody() {
        JsonObject content =
                operation.getJsonObject("requestBody", new JsonObject()).getJsonObject("content");
        return content == null
                ? ""
                : content.getJsonObject(JSON).getJsonObject("example").encodePrettily();
    }
}
