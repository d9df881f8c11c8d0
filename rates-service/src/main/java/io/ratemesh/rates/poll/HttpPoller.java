package io.ratemesh.rates.poll;

import io.ratemesh.rates.feed.HttpFeed;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Asks a feed over HTTP, at its other addresses too where the first does not answer; reads its answer on a worker, for
 * four MiB of text would hold the event loop up.
 */
public final class HttpPoller implements FeedPoller {

    private final Vertx vertx;
    private final HttpFeed feed;
    private final HttpFetch fetch;
    private Optional<Given> last = Optional.empty();

    public HttpPoller(Vertx vertx, HttpFeed feed, FetchLimits limits, Clock clock) {
        this.vertx = vertx;
        this.feed = feed;
        this.fetch = new HttpFetch(vertx, limits, clock);
    }

    @Override
    public Future<PollResult> poll(Validators known) {
        return ask(feed.uri(), known).recover(cause -> instead(feed.alternatives(), known, PollException.of(cause)));
    }

    @Override
    public void close() {
        fetch.close();
    }

    private Future<PollResult> instead(List<URI> others, Validators known, PollException first) {
        if (others.isEmpty()) {
            return Future.failedFuture(first);
        }
        return ask(others.get(0), known)
                .recover(cause ->
                        instead(others.subList(1, others.size()), known, first.alsoAt(PollException.of(cause))));
    }

    private Future<PollResult> ask(URI uri, Validators known) {
        return fetch.get(uri, understood(uri, known)).compose(fetched -> {
            if (fetched instanceof FetchedResponse.Body body) {
                return vertx.<PollResult>executeBlocking(
                                () -> new PollResult.Answered(
                                        feed.read(body.content().getBytes()), body.validators()),
                                false)
                        .onSuccess(read -> last = Optional.of(new Given(uri, body.validators())))
                        .recover(cause -> Future.failedFuture(PollException.of(cause)));
            }
            return Future.succeededFuture(new PollResult.Unchanged());
        });
    }

    /** Only the server that gave validators knows what they mean. */
    private Validators understood(URI uri, Validators known) {
        Given given = last.orElse(new Given(feed.uri(), known));
        return given.equals(new Given(uri, known)) ? known : Validators.NONE;
    }

    private record Given(URI by, Validators validators) {}
}
