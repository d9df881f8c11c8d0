package io.ratemesh.converter.openapi.build;

import io.ratemesh.converter.openapi.ApiDocument;
import io.ratemesh.converter.page.HtmlText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One operation on the page: description, form, {@code curl} command and responses. */
final class OperationSection {

    private static final String EVENT_STREAM = "text/event-stream";
    private static final String JSON = "application/json";

    private final ApiDocument document;
    private final String method;
    private final String path;
    private final JsonObject operation;
    private final String id;
    private final List<JsonObject> parameters;

    OperationSection(ApiDocument document, String method, String path, JsonObject operation) {
        this.document = document;
        this.method = method.toUpperCase(Locale.ROOT);
        this.path = path;
        this.operation = operation;
        this.id = operation.getString("operationId");
        this.parameters = document.parameters(operation);
    }

    boolean tagged(String tag) {
        return operation.getJsonArray("tags").contains(tag);
    }

    /** The entry in the table of contents. */
    String link() {
        return "<li><a href=\"#" + id + "\">" + HtmlText.inline(operation.getString("summary")) + "</a></li>\n";
    }

    /** The section. */
    String html() {
        StringBuilder html = new StringBuilder(8 * 1024);
        html.append("<article class=\"card\" id=\"").append(id).append("\">\n<h3>");
        html.append(HtmlText.inline(operation.getString("summary"))).append("</h3>\n");
        html.append("<p class=\"path\"><b>").append(method).append("</b> <code>");
        html.append(HtmlText.escaped(path).replace("/", "/<wbr>")).append("</code></p>\n");
        html.append(HtmlText.paragraph(operation.getString("description", "")));
        form(html);
        responses(html);
        return html.append("</article>\n").toString();
    }

    private void form(StringBuilder html) {
        boolean stream = streams();
        html.append("<form class=\"try\" method=\"get\" autocomplete=\"off\" action=\"")
                .append(HtmlText.escaped(path))
                .append("\" data-method=\"")
                .append(method)
                .append("\" data-path=\"")
                .append(HtmlText.escaped(path))
                .append(stream ? "\" data-stream>\n" : "\">\n");
        for (JsonObject parameter : parameters) {
            new ParameterField(id, parameter).appendTo(html);
        }
        String body = exampleBody();
        if (!body.isEmpty()) {
            html.append("<p class=\"field\"><label for=\"").append(id).append("-body\">Body</label>\n");
            html.append("<textarea id=\"").append(id).append("-body\" name=\"body\" rows=\"8\" spellcheck=\"false\"");
            html.append(" aria-describedby=\"").append(id).append("-body-hint\">");
            html.append(HtmlText.escaped(body)).append("</textarea></p>\n");
            html.append("<p class=\"hint\" id=\"").append(id).append("-body-hint\">");
            html.append(HtmlText.inline(operation.getJsonObject("requestBody").getString("description", "")));
            html.append("</p>\n");
        }
        html.append("<div class=\"line\"><pre class=\"curl\" tabindex=\"0\" aria-label=\"As a curl command\"><code>");
        html.append(HtmlText.escaped(Curl.line(method, Curl.target(path, parameters), stream, body)));
        html.append("</code></pre></div>\n<p class=\"buttons needs-script\"><button type=\"submit\">");
        html.append(stream ? "Open stream" : "Try it").append("<span class=\"visually-hidden\">: ");
        html.append(HtmlText.inline(operation.getString("summary"))).append("</span></button>");
        html.append(stream ? " <button type=\"button\" class=\"stop\" disabled>Stop</button>" : "");
        html.append("</p>\n<p class=\"outcome\" role=\"status\"></p>\n");
        html.append("<pre class=\"response\" tabindex=\"0\" aria-label=\"Response\" hidden></pre>\n</form>\n");
    }

    private void responses(StringBuilder html) {
        html.append("<details><summary>Responses<span class=\"visually-hidden\"> of ");
        html.append(HtmlText.inline(operation.getString("summary")))
                .append("</span></summary>\n<dl class=\"responses\">\n");
        for (Map.Entry<String, Object> entry : operation.getJsonObject("responses")) {
            JsonObject response = document.resolved((JsonObject) entry.getValue());
            html.append("<dt>").append(entry.getKey()).append("</dt>\n<dd>");
            html.append(HtmlText.paragraph(response.getString("description")));
            headers(html, response.getJsonObject("headers", new JsonObject()));
            for (Map.Entry<String, Object> content : response.getJsonObject("content", new JsonObject())) {
                content(html, content.getKey(), (JsonObject) content.getValue());
            }
            html.append("</dd>\n");
        }
        html.append("</dl></details>\n");
    }

    private static void headers(StringBuilder html, JsonObject headers) {
        if (!headers.isEmpty()) {
            html.append("<p class=\"headers\">With <code>");
            html.append(String.join("</code>, <code>", headers.fieldNames())).append("</code></p>\n");
        }
    }

    private void content(StringBuilder html, String mediaType, JsonObject content) {
        html.append("<p><code>").append(HtmlText.escaped(mediaType)).append("</code></p>\n");
        Object example = content.getValue("example");
        if (example != null) {
            String text = example instanceof JsonObject json ? json.encodePrettily() : example.toString();
            html.append("<pre tabindex=\"0\" aria-label=\"Example\">")
                    .append(HtmlText.escaped(text))
                    .append("</pre>\n");
        }
        JsonObject schema = document.resolved(content.getJsonObject("schema", new JsonObject()));
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        if (mediaType.equals(JSON) && !properties.isEmpty()) {
            html.append("<dl class=\"properties\">\n");
            for (String name : properties.fieldNames()) {
                JsonObject property = document.resolved(properties.getJsonObject(name));
                html.append("<dt><code>").append(HtmlText.escaped(name)).append("</code> <span>");
                html.append(HtmlText.escaped(type(property))).append("</span></dt><dd>");
                html.append(HtmlText.inline(property.getString("description", "")))
                        .append("</dd>\n");
            }
            html.append("</dl>\n");
        }
    }

    private static String type(JsonObject property) {
        Object type = property.getValue("type", "");
        return type instanceof JsonArray types
                ? String.join(" or ", types.stream().map(String::valueOf).toList())
                : type.toString();
    }

    private boolean streams() {
        JsonObject success = operation.getJsonObject("responses").getJsonObject("200", new JsonObject());
        return document.resolved(success)
                .getJsonObject("content", new JsonObject())
                .containsKey(EVENT_STREAM);
    }

    private String exampleBody() {
        JsonObject content =
                operation.getJsonObject("requestBody", new JsonObject()).getJsonObject("content");
        return content == null
                ? ""
                : content.getJsonObject(JSON).getJsonObject("example").encodePrettily();
    }
}
