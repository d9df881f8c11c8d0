package io.ratemesh.rates.feed;

import io.ratemesh.model.TargetCalendar;
import io.ratemesh.node.settings.FeedSettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * The reference rates of the European Central Bank: 29 currencies, once a working day at about 16:00 in Frankfurt. Reads the
 * newest day of either of its XML files.
 *
 * @param uri the address of the file
 * @param poll the interval
 */
public record EcbFeed(URI uri, Duration poll) implements HttpFeed {

    /** Its name in the settings. */
    public static final String NAME = "ecb";

    private static final Duration DEFAULT_POLL = Duration.ofMinutes(10);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public FeedResponse read(byte[] body) throws UnreadableResponseException {
        return EcbXml.read(body).stream()
                .max(Comparator.comparing(EcbDay::date))
                .orElseThrow(() -> new UnreadableResponseException("no day of rates"))
                .toResponse();
    }

    /** Only working days count: Friday's rate is not stale on Sunday. */
    @Override
    public Instant staleAt(Instant observedAt, Duration staleAfter) {
        return TargetCalendar.plusWorkingTime(observedAt, staleAfter);
    }

    /** Creates the feed. */
    public static final class Provider implements FeedProvider {

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public Feed create(FeedSettings settings) {
            return new EcbFeed(
                    settings.url().orElse(EcbFiles.DAILY), settings.poll().orElse(DEFAULT_POLL));
        }
    }
}
