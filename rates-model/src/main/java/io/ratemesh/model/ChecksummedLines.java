package io.ratemesh.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.zip.CRC32C;

/** Lines of text that end with a CRC-32C of all lines before. */
final class ChecksummedLines {

    private static final String CHECKSUM = "crc32c ";

    private ChecksummedLines() {}

    /** Appends the checksum. */
    static String seal(StringBuilder text) {
        String checksum = checksum(text.toString());
        return text.append(CHECKSUM).append(checksum).append('\n').toString();
    }

    /**
     * Checks the text and returns the lines before the checksum.
     *
     * @throws IllegalArgumentException if the text is truncated or altered
     */
    static List<String> verify(String text) {
        int checksumAt = text.lastIndexOf(CHECKSUM);
        if (checksumAt <= 0 || !text.endsWith("\n")) {
            throw new IllegalArgumentException("the checksum is missing: truncated");
        }
        String body = text.substring(0, checksumAt);
        String checksum = text.substring(checksumAt + CHECKSUM.length(), text.length() - 1);
        if (!checksum.equals(checksum(body))) {
            throw new IllegalArgumentException(
                    "the checksum is " + checksum(body) + ", not " + checksum + ": truncated or altered");
        }
        return List.of(body.split("\n"));
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
