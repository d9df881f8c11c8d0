package io.ratemesh.example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.node.settings.FeedSettings;
import io.ratemesh.rates.feed.FeedCatalog;
import io.ratemesh.rates.feed.FeedQuote;
import io.ratemesh.rates.feed.HttpFeed;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Adds the feed of docs/feeds.md, and compares the page with it. */
class AddAFeedTest {

    private static final Path PAGE = Path.of("..", "docs", "feeds.md");
    private static final Path SOURCE = Path.of("src/test/java/io/ratemesh/example/ExampleFeed.java");
    private static final Path SERVICES =
            Path.of("src/test/resources/META-INF/services/io.ratemesh.rates.feed.FeedProvider");

    @Test
    void the_feed_of_the_page_is_found_and_parses_a_response() throws Exception {
        FeedSettings settings =
                new FeedSettings("example", Optional.of(URI.create("https://feed.example/")), Optional.empty());

        HttpFeed feed = (HttpFeed) new FeedCatalog().create(List.of(settings)).get(0);

        assertThat(feed.read("{\"at\":1783346400,\"base\":\"EUR\",\"rates\":{\"USD\":1.1415,\"BTC\":0.00001}}"
                                .getBytes(UTF_8))
                        .quotes())
                .containsExactly(new FeedQuote("USD", new BigDecimal("1.1415"), Instant.parse("2026-07-06T14:00:00Z")));
    }

    @Test
    void the_page_shows_the_feed_that_is_tested() throws IOException {
        List<String> source = Files.readAllLines(SOURCE);
        int begin = source.indexOf("/** The feed of docs/feeds.md, to the letter. */");

        assertThat(block("java")).isEqualTo(source.subList(begin + 1, source.size()));
        assertThat(block("text")).isEqualTo(Files.readAllLines(SERVICES));
    }

    @Test
    void it_takes_twenty_lines() throws IOException {
        assertThat(Stream.concat(block("java").stream(), block("text").stream()).filter(line -> !line.isBlank()))
                .hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void the_page_has_a_row_for_every_feed() throws IOException {
        List<String> page = Files.readAllLines(PAGE);

        assertThat(new FeedCatalog().names())
                .filteredOn(name -> !"example".equals(name))
                .hasSize(10)
                .allSatisfy(name ->
                        assertThat(page).anySatisfy(line -> assertThat(line).startsWith("| `" + name + "` |")));
    }

    private static List<String> block(String language) throws IOException {
        List<String> page = Files.readAllLines(PAGE);
        int begin = page.indexOf("```" + language) + 1;
        return page.subList(begin, begin + page.subList(begin, page.size()).indexOf("```"));
    }
}
