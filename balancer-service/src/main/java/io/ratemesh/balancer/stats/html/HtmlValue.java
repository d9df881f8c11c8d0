package io.ratemesh.balancer.stats.html;

import org.jspecify.annotations.Nullable;

/** A value of the statistics in HTML. */
public final class HtmlValue {

    private HtmlValue() {}

    /** The text of a value, safe in elements and in quoted attributes; a dash for null. */
    public static String escaped(@Nullable Object value) {
        if (value == null) {
            return "–";
        }
        String text = value.toString();
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            switch (each) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(each);
            }
        }
        return safe.toString();
    }
}
