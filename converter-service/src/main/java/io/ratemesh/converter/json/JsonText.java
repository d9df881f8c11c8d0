package io.ratemesh.converter.json;

import java.util.Collection;

/** Writes JSON strings (RFC 8259 §7). */
public final class JsonText {

    private static final char FIRST_PRINTABLE = 0x20;

    private JsonText() {}

    /** Appends a string with its quotes. */
    public static StringBuilder quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < FIRST_PRINTABLE || Character.isSurrogate(c)) {
                // A single surrogate has no UTF-8. Escaped, pairs and single ones are correct.
                json.append("\\u").append(String.format("%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"');
    }

    /** Appends a field of an object with a string as its value: no comma. */
    public static StringBuilder field(StringBuilder json, String name, String value) {
        return quote(quote(json, name).append(':'), value);
    }

    /** Appends an array of strings. */
    public static StringBuilder array(StringBuilder json, Collection<String> values) {
        json.append('[');
        String comma = "";
        for (String value : values) {
            quote(json.append(comma), value);
            comma = ",";
        }
        return json.append(']');
    }
}
