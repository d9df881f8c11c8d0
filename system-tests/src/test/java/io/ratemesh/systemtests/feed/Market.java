package io.ratemesh.systemtests.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A market that is made up, so that every rate of it is known. Ten currencies are listed by every feed, twenty more by
 * each feed alone: by the former feeds check each other, by the latter one sees what became of one feed.
 */
public final class Market {

    private static final String FILE = "/market.txt";

    private Market() {}

    /** What a feed lists. */
    public static RateTable of(FeedShape feed) {
        Map<String, String> texts = new LinkedHashMap<>();
        lines().map(line -> line.split(" "))
                .filter(words -> words[0].equals("all") || words[0].equals(feed.feedName()))
                .forEach(words -> texts.put(words[1], words[2]));
        return new RateTable(texts);
    }

    private static Stream<String> lines() {
        try (InputStream file = Objects.requireNonNull(Market.class.getResourceAsStream(FILE), FILE)) {
            return new String(file.readAllBytes(), UTF_8).lines().filter(line -> !line.startsWith("#"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
