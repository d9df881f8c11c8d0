package io.ratemesh.systemtests.feed;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Instant;

/** The behaviour of a feed. */
@FunctionalInterface
public interface Script {

    /**
     * What is true.
     *
     * @param feed that receives the request
     * @param table its rates
     * @param observedAt when they were observed
     */
    record Truth(FeedShape feed, RateTable table, Instant observedAt) {

        /** As the provider would write it. */
        String text() {
            return feed.render(table, observedAt);
        }
    }

    /** Responds, or does not. */
    void response(HttpExchange exchange, Truth truth) throws IOException;
}
