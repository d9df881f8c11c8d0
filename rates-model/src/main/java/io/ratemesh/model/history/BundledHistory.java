package io.ratemesh.model.history;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * The days that come with the program, 1999-01-04 to 2026-04-13, so that a machine without a network has a history from
 * the first second. The ECB allows reuse with attribution: show {@link #ATTRIBUTION} where the rates are shown.
 */
public final class BundledHistory {

    /** Whose rates these are. */
    public static final String ATTRIBUTION = "Source: European Central Bank";

    /** The source of such a rate in an answer. */
    public static final String SOURCE = "ecb";

    private static final String RESOURCE = "ecb-history.bin";

    private BundledHistory() {}

    /** Reads the bundled days; some tens of milliseconds in a young JVM, so keep what it returns. */
    public static RateHistory load() {
        try (InputStream bytes = Objects.requireNonNull(BundledHistory.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return HistoryCodec.decode(bytes.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
