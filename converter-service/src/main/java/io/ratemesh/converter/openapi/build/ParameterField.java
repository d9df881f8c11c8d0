package io.ratemesh.converter.openapi.build;

import io.ratemesh.converter.page.HtmlText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** One parameter on the page: a labelled field and a hint. A required one is filled with its example. */
final class ParameterField {

    private final String id;
    private final JsonObject parameter;
    private final JsonObject schema;

    ParameterField(String operation, JsonObject parameter) {
        this.parameter = parameter;
        this.schema = parameter.getJsonObject("schema");
        this.id = operation + '-' + place() + '-' + name();
    }

    void appendTo(StringBuilder html) {
        boolean required = parameter.getBoolean("required", false);
        html.append("<div class=\"field\">\n<label for=\"").append(id).append("\"><code>");
        html.append(HtmlText.escaped(name())).append("</code> <span>");
        html.append(required ? "required" : "optional")
                .append(", ")
                .append(place())
                .append("</span></label>\n");
        if (schema.containsKey("enum")) {
            select(html);
        } else {
            html.append("<input type=\"text\" spellcheck=\"false\"").append(required ? " value=\"" : " placeholder=\"");
            html.append(HtmlText.escaped(Curl.example(parameter))).append('"');
            attributes(html);
            html.append(required ? " required>\n" : ">\n");
        }
        html.append("<p class=\"hint\" id=\"")
                .append(id)
                .append("-hint\">")
                .append(hint())
                .append("</p>\n</div>\n");
    }

    private void select(StringBuilder html) {
        html.append("<select");
        attributes(html);
        html.append("><option value=\"\">–</option>");
        for (Object word : schema.getJsonArray("enum", new JsonArray())) {
            html.append("<option>").append(HtmlText.escaped(word.toString())).append("</option>");
        }
        html.append("</select>\n");
    }

    private void attributes(StringBuilder html) {
        html.append(" id=\"").append(id).append("\" name=\"").append(HtmlText.escaped(name()));
        html.append("\" data-in=\"")
                .append(place())
                .append("\" aria-describedby=\"")
                .append(id);
        html.append("-hint\"");
    }

    private String hint() {
        StringBuilder hint = new StringBuilder(HtmlText.inline(parameter.getString("description", "")));
        String expected = schema.getString("x-expected", "");
        if (!expected.isEmpty() && !schema.containsKey("enum")) {
            hint.append(" Use ").append(HtmlText.inline(expected)).append('.');
        }
        if (schema.containsKey("default")) {
            hint.append(" Default: <code>")
                    .append(HtmlText.escaped(schema.getString("default")))
                    .append("</code>.");
        }
        return hint.toString().strip();
    }

    private String name() {
        return parameter.getString("name");
    }

    private String place() {
        return parameter.getString("in");
    }
}
