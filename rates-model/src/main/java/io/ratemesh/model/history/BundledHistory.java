package io.ratemesh.model.history;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * The bundled days, 1999-01-04 to 2026-04-13, for a start without a network. The ECB allows reuse with attribution: {@link
 * #ATTRIBUTION} must be shown with the rates.
 */
public final class BundledHistory {

    /** The attribution that the ECB requires. */
    public static final String ATTRIBUTION = "Source: European Central Bank";

    /** The source of the rates. */
    public static final String SOURCE = "ecb";

    private static final String RESOURCE = "ecb-history.bin";

    private BundledHistory() {}

    /** Loads the bundled days. Takes some tens of milliseconds, so callers keep the result. */
    public static RateHistory load() {
        try (InputStream bytes = Objects.requireNonNull(BundledHistory.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return HistoryCodec.decode(bytes.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
