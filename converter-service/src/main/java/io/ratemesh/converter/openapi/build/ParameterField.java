package io.ratemesh.converter.openapi.build;

import static io.ratemesh.converter.page.HtmlText.escaped;
import static io.ratemesh.converter.page.HtmlText.inline;

import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;

/** One parameter on the page: a labelled field and a hint. A required one is filled with its example. */
final class ParameterField {

    private final JsonObject parameter;
    private final JsonObject schema;
    private final String name;
    private final String place;
    private final String id;
    private final boolean required;

    ParameterField(String operation, JsonObject parameter) {
        this.parameter = parameter;
        this.schema = parameter.getJsonObject("schema");
        this.name = escaped(parameter.getString("name"));
        this.place = parameter.getString("in");
        this.id = operation + '-' + place + '-' + name;
        this.required = parameter.getBoolean("required", false);
    }

    String html() {
        return """
                <div class="field">
                <label for="%1$s"><code>%2$s</code> <span>%3$s, %4$s</span></label>
                %5$s
                <p class="hint" id="%1$s-hint">%6$s</p>
                </div>
                """.formatted(id, name, required ? "required" : "optional", place, input(), hint());
    }

    private String input() {
        String attributes =
                " id=\"%1$s\" name=\"%2$s\" data-in=\"%3$s\" aria-describedby=\"%1$s-hint\"".formatted(id, name, place);
        if (schema.containsKey("enum")) {
            String options = schema.getJsonArray("enum").stream()
                    .map(word -> "<option>" + escaped(word.toString()) + "</option>")
                    .collect(Collectors.joining());
            return "<select" + attributes + "><option value=\"\">–</option>" + options + "</select>";
        }
        return "<input type=\"text\" spellcheck=\"false\"%s=\"%s\"%s%s>"
                .formatted(
                        required ? " value" : " placeholder",
                        escaped(Curl.example(parameter)),
                        attributes,
                        required ? " required" : "");
    }

    private String hint() {
        StringBuilder hint = new StringBuilder(inline(parameter.getString("description", "")));
        String expected = schema.getString("x-expected", "");
        if (!expected.isEmpty() && !schema.containsKey("enum")) {
            hint.append(" Use ").append(inline(expected)).append('.');
        }
        if (schema.containsKey("default")) {
            hint.append(" Default: <code>")
                    .append(escaped(schema.getString("default")))
                    .append("</code>.");
        }
        return hint.toString().strip();
    }
}
