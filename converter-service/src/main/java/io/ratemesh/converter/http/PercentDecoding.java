package io.ratemesh.converter.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/** Percent-decoding that fails for invalid text, instead of inserting a replacement character. */
final class PercentDecoding {

    private static final int HEX = 16;

    private PercentDecoding() {}

    /**
     * Decodes a name or a value of a query.
     *
     * @param text as sent; {@code +} is a space
     * @return empty for a {@code %} without two hex digits, bytes that are not UTF-8, and characters that a URI cannot have
     */
    static Optional<String> decode(String text) {
        boolean plain = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c > '~') {
                return Optional.empty();
            }
            plain &= c != '%' && c != '+';
        }
        return plain ? Optional.of(text) : decodeEscapes(text);
    }

    private static Optional<String> decodeEscapes(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), HEX) : -1;
                int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), HEX) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                bytes.put((byte) (high * HEX + low));
                i += 2;
            } else {
                bytes.put((byte) (c == '+' ? ' ' : c));
            }
        }
        try {
            return Optional.of(UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
