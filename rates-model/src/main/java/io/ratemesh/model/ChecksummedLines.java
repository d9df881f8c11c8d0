package io.ratemesh.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.zip.CRC32C;

/** Lines of text that end with a checksum of all before it, and what a rate is in them. */
final class ChecksummedLines {

    private static final String CHECKSUM = "crc32c ";

    private ChecksummedLines() {}

    /** The text with its checksum. */
    static String sign(StringBuilder text) {
        String checksum = checksum(text.toString());
        return text.append(CHECKSUM).append(checksum).append('\n').toString();
    }

    /**
     * The lines without the checksum.
     *
     * @throws IllegalArgumentException where the text is cut short or altered
     */
    static List<String> verify(String text) {
        int checksumAt = text.lastIndexOf(CHECKSUM);
        if (checksumAt <= 0 || !text.endsWith("\n")) {
            throw new IllegalArgumentException("a book without a checksum at its end: cut short");
        }
        String body = text.substring(0, checksumAt);
        String checksum = text.substring(checksumAt + CHECKSUM.length(), text.length() - 1);
        if (!checksum.equals(checksum(body))) {
            throw new IllegalArgumentException(
                    "a book with checksum " + checksum(body) + " (expected: " + checksum + ")");
        }
        return List.of(body.split("\n"));
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
