package io.ratemesh.converter.openapi.build;

/** Text as HTML. */
final class Html {

    private Html() {}

    /** Text that is safe in an element and in a quoted attribute. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** A line of the document's Markdown, of which only backticks are used. */
    static String inline(String text) {
        String[] parts = escaped(text.strip()).split("`", -1);
        StringBuilder html = new StringBuilder(text.length() + 32);
        for (int i = 0; i < parts.length; i++) {
            html.append(i % 2 == 1 ? "<code>" + parts[i] + "</code>" : parts[i]);
        }
        return html.toString();
    }

    /** A paragraph; nothing for no text. */
    static String paragraph(String text) {
        return text.isBlank() ? "" : "<p>" + inline(text) + "</p>\n";
    }
}
