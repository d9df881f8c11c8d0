package io.ratemesh.rates.poll;

import io.ratemesh.rates.feed.HttpFeed;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Polls a feed over HTTP: its address first, then the alternatives. Parses the response on a worker thread, because up to
 * 4 MiB of text would block the event loop.
 */
public final class HttpPoller implements FeedPoller {

    private final Vertx vertx;
    private final HttpFeed feed;
    private final HttpFetch fetch;
    private Optional<Issued> last = Optional.empty();

    public HttpPoller(Vertx vertx, HttpFeed feed, FetchLimits limits, Clock clock) {
        this.vertx = vertx;
        this.feed = feed;
        this.fetch = new HttpFetch(vertx, limits, clock);
    }

    @Override
    public Future<PollResult> poll(Validators validators) {
        return fetch(feed.uri(), validators)
                .recover(cause -> fetchAny(feed.alternatives(), validators, PollException.of(cause)));
    }

    @Override
    public void close() {
        fetch.close();
    }

    private Future<PollResult> fetchAny(List<URI> uris, Validators validators, PollException failure) {
        if (uris.isEmpty()) {
            return Future.failedFuture(failure);
        }
        return fetch(uris.get(0), validators)
                .recover(cause ->
                        fetchAny(uris.subList(1, uris.size()), validators, failure.and(PollException.of(cause))));
    }

    private Future<PollResult> fetch(URI uri, Validators validators) {
        return fetch.get(uri, issuedBy(uri, validators)).compose(fetched -> {
            if (fetched instanceof FetchedResponse.Body body) {
                return vertx.<PollResult>executeBlocking(
                                () -> new PollResult.Received(
                                        feed.read(body.content().getBytes()), body.validators()),
                                false)
                        .onSuccess(read -> last = Optional.of(new Issued(uri, body.validators())))
                        .recover(cause -> Future.failedFuture(PollException.of(cause)));
            }
            return Future.succeededFuture(new PollResult.Unchanged());
        });
    }

    /** The validators, if the server at this address issued them; no other server understands them. */
    private Validators issuedBy(URI uri, Validators validators) {
        Issued issued = last.orElse(new Issued(feed.uri(), validators));
        return issued.equals(new Issued(uri, validators)) ? validators : Validators.NONE;
    }

    private record Issued(URI by, Validators validators) {}
}
