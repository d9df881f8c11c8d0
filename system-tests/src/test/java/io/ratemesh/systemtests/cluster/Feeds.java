package io.ratemesh.systemtests.cluster;

import io.ratemesh.systemtests.feed.EcbServer;
import io.ratemesh.systemtests.feed.FeedServer;
import io.ratemesh.systemtests.feed.FeedShape;
import io.ratemesh.systemtests.process.RefusingPort;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The value of {@code rates.feeds}.
 *
 * @param setting as YAML
 */
public record Feeds(String setting) {

    /** Another book every second. */
    public static Feeds simulated() {
        return new Feeds("[{name: simulated, poll: 1s}]");
    }

    /** The ECB's file from a server of the test's own, polled every second. */
    public static Feeds served(EcbServer ecb) {
        return ecbAt(ecb.url());
    }

    /** The ECB feed at a port that refuses connections. */
    public static Feeds unreachable(RefusingPort nowhere) {
        return ecbAt("http://127.0.0.1:" + nowhere.port() + "/ecb.xml");
    }

    /** Four feeds of one server, the ECB second as by default, each polled every second. */
    public static Feeds served(FeedServer server) {
        return served(server, "1s");
    }

    /** Four feeds of one server. */
    public static Feeds served(FeedServer server, String poll) {
        return new Feeds(Arrays.stream(FeedShape.values())
                .map(feed -> "{name: " + feed.feedName() + ", url: \"" + server.url(feed) + "\", poll: " + poll + "}")
                .collect(Collectors.joining(", ", "[", "]")));
    }

    private static Feeds ecbAt(String url) {
        return new Feeds("[{name: ecb, url: \"" + url + "\", poll: 1s}]");
    }
}
