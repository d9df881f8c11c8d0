package io.ratemesh.rates.poll;

import io.ratemesh.rates.feed.HttpFeed;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;

/** Asks a feed over HTTP; reads its answer on a worker, for four MiB of text would hold the event loop up. */
public final class HttpPoller implements FeedPoller {

    private final Vertx vertx;
    private final HttpFeed feed;
    private final HttpFetch fetch;

    public HttpPoller(Vertx vertx, HttpFeed feed, FetchLimits limits, Clock clock) {
        this.vertx = vertx;
        this.feed = feed;
        this.fetch = new HttpFetch(vertx, limits, clock);
    }

    @Override
    public Future<Polled> poll(Validators known) {
        return fetch.get(feed.uri(), known).compose(fetched -> {
            if (fetched instanceof Fetched.Body body) {
                return vertx.<Polled>executeBlocking(
                                () -> new Polled.Answered(
                                        feed.read(body.content().getBytes()), body.validators()),
                                false)
                        .recover(cause -> Future.failedFuture(PollException.of(cause)));
            }
            return Future.succeededFuture(new Polled.Unchanged());
        });
    }

    @Override
    public void close() {
        fetch.close();
    }
}
