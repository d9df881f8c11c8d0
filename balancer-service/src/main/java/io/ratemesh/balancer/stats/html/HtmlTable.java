package io.ratemesh.balancer.stats.html;

import static io.ratemesh.balancer.stats.html.HtmlValue.escaped;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A table with a caption: one row for each JSON object, the first column is the row's header. Text is escaped. */
final class HtmlTable {

    private record Column(String title, String className, Function<JsonObject, String> html) {}

    private final String caption;
    private final List<Column> columns = new ArrayList<>();

    HtmlTable(String caption) {
        this.caption = caption;
    }

    /** Adds a column of text. */
    HtmlTable text(String title, Function<JsonObject, @Nullable Object> value) {
        return html(title, "", row -> escaped(value.apply(row)));
    }

    /** Adds a column of numbers. */
    HtmlTable number(String title, Function<JsonObject, @Nullable Object> value) {
        return html(title, " class=\"number\"", row -> escaped(value.apply(row)));
    }

    /** Adds a column of markup. */
    HtmlTable html(String title, String className, Function<JsonObject, String> html) {
        columns.add(new Column(title, className, html));
        return this;
    }

    void appendTo(StringBuilder out, List<JsonObject> rows) {
        out.append("<div class=\"scroller\"><table><caption>")
                .append(escaped(caption))
                .append("</caption><thead><tr>");
        columns.forEach(column -> out.append("<th scope=\"col\"")
                .append(column.className())
                .append('>')
                .append(escaped(column.title()))
                .append("</th>"));
        out.append("</tr></thead><tbody>\n");
        for (JsonObject row : rows) {
            out.append("<tr>");
            for (Column column : columns) {
                String cell = column.equals(columns.get(0)) ? "th" : "td";
                out.append('<')
                        .append(cell)
                        .append(cell.equals("th") ? " scope=\"row\"" : "")
                        .append(column.className())
                        .append('>')
                        .append(column.html().apply(row))
                        .append("</")
                        .append(cell)
                        .append('>');
            }
            out.append("</tr>\n");
        }
        out.append("</tbody></table></div>\n");
    }
}
