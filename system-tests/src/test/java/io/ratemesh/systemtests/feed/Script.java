package io.ratemesh.systemtests.feed;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Instant;

/** How a feed answers. */
@FunctionalInterface
public interface Script {

    /**
     * What is true.
     *
     * @param feed who is asked
     * @param table its rates
     * @param observedAt when they were observed
     */
    record Truth(FeedShape feed, RateTable table, Instant observedAt) {

        /** As the provider would write it. */
        String text() {
            return feed.render(table, observedAt);
        }
    }

    /** Answers, or does not. */
    void answer(HttpExchange exchange, Truth truth) throws IOException;
}
