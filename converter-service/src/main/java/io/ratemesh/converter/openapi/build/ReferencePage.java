package io.ratemesh.converter.openapi.build;

import io.ratemesh.converter.openapi.ApiDocument;
import io.ratemesh.converter.page.HtmlText;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The document as one page with an inline style and script, which its Content Security Policy allows by hash. */
final class ReferencePage {

    private final ApiDocument document;

    ReferencePage(JsonObject document) {
        this.document = new ApiDocument(document);
    }

    /**
     * Writes the page.
     *
     * @param frame the HTML around it, with placeholders in double braces
     * @param style the text of its style element
     * @param script the text of its script element
     */
    String html(String frame, String style, String script) {
        JsonObject info = document.root().getJsonObject("info");
        StringBuilder contents = new StringBuilder(1024);
        StringBuilder sections = new StringBuilder(64 * 1024);
        for (Object entry : document.root().getJsonArray("tags")) {
            JsonObject tag = (JsonObject) entry;
            String name = HtmlText.escaped(tag.getString("name"));
            List<OperationSection> operations = operations(tag.getString("name"));
            if (!operations.isEmpty()) {
                contents.append("<li>").append(name).append("<ul>\n");
                operations.forEach(operation -> contents.append(operation.link()));
                contents.append("</ul></li>\n");
                sections.append("<section class=\"group\">\n<h2>")
                        .append(name)
                        .append("</h2>\n")
                        .append(HtmlText.paragraph(tag.getString("description", "")));
                operations.forEach(operation -> sections.append(operation.html()));
                sections.append("</section>\n");
            }
        }
        return frame.replace("{{summary}}", HtmlText.inline(info.getString("summary")))
                .replace("{{description}}", HtmlText.paragraph(info.getString("description")))
                .replace("{{contents}}", contents)
                .replace("{{operations}}", sections)
                .replace("{{style}}", style)
                .replace("{{script}}", script);
    }

    private List<OperationSection> operations(String tag) {
        JsonObject paths = document.root().getJsonObject("paths");
        return paths.fieldNames().stream()
                .flatMap(path -> paths.getJsonObject(path).fieldNames().stream()
                        .map(method -> new OperationSection(
                                document,
                                method,
                                path,
                                paths.getJsonObject(path).getJsonObject(method))))
                .filter(operation -> operation.hasTag(tag))
                .toList();
    }
}
