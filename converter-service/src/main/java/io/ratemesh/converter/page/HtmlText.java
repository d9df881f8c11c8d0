package io.ratemesh.converter.page;

/** Writes text as HTML. */
public final class HtmlText {

    private HtmlText() {}

    /** Text that is safe in an element and in a quoted attribute. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** A line of Markdown of which only backticks are supported. */
    public static String inline(String markdown) {
        String[] parts = escaped(markdown.strip()).split("`", -1);
        StringBuilder html = new StringBuilder(markdown.length() + 32);
        for (int i = 0; i < parts.length; i++) {
            html.append(i % 2 == 1 ? "<code>" + parts[i] + "</code>" : parts[i]);
        }
        return html.toString();
    }

    /** A paragraph; nothing when the text is blank. */
    public static String paragraph(String markdown) {
        return markdown.isBlank() ? "" : "<p>" + inline(markdown) + "</p>\n";
    }
}
