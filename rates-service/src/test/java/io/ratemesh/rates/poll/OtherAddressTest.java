package io.ratemesh.rates.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.rates.feed.CurrencyApiFeed;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A feed with a second address. */
class OtherAddressTest {

    private static final String GOOD = "{\"date\":\"2026-07-06\",\"eur\":{\"usd\":1.1415}}";
    private static final FetchLimits LIMITS = new FetchLimits(Duration.ofSeconds(2), Duration.ofSeconds(5), 100_000);

    private final Vertx vertx = Vertx.vertx();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        get(vertx.close());
    }

    @Test
    void is_not_polled_while_the_first_responds() throws Exception {
        HttpPoller poller = poller(serve("first", this::good), serve("second", this::good));

        assertThat(poll(poller, Validators.NONE)).isInstanceOf(PollResult.Received.class);
        assertThat(requests).containsExactly("first null");
    }

    @Test
    void is_polled_if_the_first_does_not_respond() throws Exception {
        HttpPoller poller = poller(serve("first", status(503)), serve("second", this::good));

        assertThat(poll(poller, Validators.NONE)).isInstanceOf(PollResult.Received.class);
        assertThat(requests).containsExactly("first null", "second null");
    }

    @Test
    void is_polled_if_the_response_of_the_first_is_unreadable() throws Exception {
        HttpPoller poller =
                poller(serve("first", request -> request.response().end("<html>")), serve("second", this::good));

        assertThat(poll(poller, Validators.NONE)).isInstanceOf(PollResult.Received.class);
    }

    @Test
    void does_not_receive_the_validators_of_the_first() throws Exception {
        AtomicBoolean down = new AtomicBoolean();
        HttpPoller poller = poller(
                serve("first", request -> {
                    if (down.get()) {
                        status(500).handle(request);
                    } else {
                        good(request);
                    }
                }),
                serve("second", this::good));
        Validators known = ((PollResult.Received) poll(poller, Validators.NONE)).validators();
        down.set(true);

        poll(poller, known);

        assertThat(requests).containsExactly("first null", "first \"first\"", "second null");
    }

    @Test
    void receives_its_own_validators_and_the_first_is_polled_before_it_without() throws Exception {
        HttpPoller poller = poller(serve("first", status(500)), serve("second", this::good));
        Validators known = ((PollResult.Received) poll(poller, Validators.NONE)).validators();
        requests.clear();

        poll(poller, known);

        assertThat(requests).containsExactly("first null", "second \"second\"");
    }

    @Test
    void fails_too_and_the_longer_delay_applies() throws Exception {
        HttpPoller poller = poller(
                serve(
                        "first",
                        request -> request.response()
                                .setStatusCode(429)
                                .putHeader("Retry-After", "60")
                                .end()),
                serve(
                        "second",
                        request -> request.response()
                                .setStatusCode(503)
                                .putHeader("Retry-After", "30")
                                .end()));

        assertThatThrownBy(() -> poll(poller, Validators.NONE)).isInstanceOfSatisfying(PollException.class, failure -> {
            assertThat(failure).hasMessage("status 429; at another address: status 503");
            assertThat(failure.retryAfter()).contains(Duration.ofMinutes(1));
        });
    }

    private void good(HttpServerRequest request) {
        request.response().end(GOOD);
    }

    private static Handler<HttpServerRequest> status(int status) {
        return request -> request.response().setStatusCode(status).end();
    }

    private URI serve(String name, Handler<HttpServerRequest> handler) throws Exception {
        HttpServer server = get(vertx.createHttpServer()
                .requestHandler(request -> {
                    requests.add(name + " "
                            + Optional.ofNullable(request.getHeader("If-None-Match"))
                                    .orElse("null"));
                    request.response().putHeader("ETag", "\"" + name + "\"");
                    handler.handle(request);
                })
                .listen(0, "127.0.0.1"));
        return URI.create("http://127.0.0.1:" + server.actualPort() + "/eur.json");
    }

    private HttpPoller poller(URI first, URI second) {
        CurrencyApiFeed feed = new CurrencyApiFeed(first, List.of(second), Duration.ofHours(1));
        return new HttpPoller(vertx, feed, LIMITS, Clock.systemUTC());
    }

    private PollResult poll(HttpPoller poller, Validators known) throws Exception {
        Promise<PollResult> polled = Promise.promise();
        vertx.getOrCreateContext().runOnContext(ignored -> poller.poll(known).onComplete(polled));
        try {
            return get(polled.future());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof PollException failure ? failure : e;
        }
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
