package io.ratemesh.converter.page;

/** Text as HTML. */
final class HtmlText {

    private HtmlText() {}

    /** Text that is safe in an element and in a quoted attribute. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
