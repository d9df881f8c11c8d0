package io.ratemesh.systemtests.cluster;

import io.ratemesh.systemtests.feed.EcbServer;
import io.ratemesh.systemtests.process.RefusingPort;

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

    /** The ECB's file from a server of the test's own, asked for every second. */
    public static Feeds served(EcbServer ecb) {
        return ecbAt(ecb.url());
    }

    /** The ECB's file from where nobody answers. */
    public static Feeds unreachable(RefusingPort nowhere) {
        return ecbAt("http://127.0.0.1:" + nowhere.port() + "/ecb.xml");
    }

    private static Feeds ecbAt(String url) {
        return new Feeds("[{name: ecb, url: \"" + url + "\", poll: 1s}]");
    }
}
