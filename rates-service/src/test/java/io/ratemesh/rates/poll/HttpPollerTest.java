package io.ratemesh.rates.poll;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ratemesh.rates.feed.EcbFeed;
import io.ratemesh.rates.feed.FeedResponse;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpPollerTest {

    private static final Instant NOW = Instant.parse("2026-07-06T15:00:00Z");
    private static final FetchLimits PATIENT = new FetchLimits(Duration.ofSeconds(15), Duration.ofSeconds(15), 100_000);
    private static final FetchLimits SHORT = new FetchLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), 100_000);
    private static final String KEY = "app_id=s3cret";

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        get(vertx.close());
    }

    @Test
    void a_response_is_read_and_its_validators_are_kept() throws Exception {
        URI uri = serve(request -> request.response()
                .putHeader("ETag", "W/\"7\"")
                .putHeader("Last-Modified", "Mon, 06 Jul 2026 13:57:00 GMT")
                .end(daily()));

        PollResult.Received polled = (PollResult.Received) poll(uri, Validators.NONE);

        assertThat(polled.response().quotes()).hasSize(29);
        assertThat(polled.validators())
                .isEqualTo(new Validators(Optional.of("W/\"7\""), Optional.of("Mon, 06 Jul 2026 13:57:00 GMT")));
    }

    @Test
    void an_unchanged_response_is_not_sent_again() throws Exception {
        List<String> requests = new CopyOnWriteArrayList<>();
        URI uri = serve(request -> {
            requests.add(request.getHeader("If-None-Match") + "|" + request.getHeader("If-Modified-Since"));
            request.response().setStatusCode(304).end();
        });
        Validators known = new Validators(Optional.of("\"7\""), Optional.of("Mon, 06 Jul 2026 13:57:00 GMT"));

        assertThat(poll(uri, known)).isInstanceOf(PollResult.Unchanged.class);
        assertThat(requests).containsExactly("\"7\"|Mon, 06 Jul 2026 13:57:00 GMT");
    }

    @Test
    void a_304_to_an_unconditional_request_is_a_failure() throws Exception {
        URI uri = serve(request -> request.response().setStatusCode(304).end());

        assertThatThrownBy(() -> poll(uri, Validators.NONE)).hasMessage("status 304");
    }

    @Test
    void another_status_is_a_failure_with_its_number() throws Exception {
        URI uri = serve(request -> request.response().setStatusCode(404).end("<html>no"));

        assertThatThrownBy(() -> poll(uri, Validators.NONE))
                .isInstanceOf(PollException.class)
                .hasMessage("status 404");
    }

    @Test
    void a_429_has_the_delay() throws Exception {
        URI uri = serve(request -> request.response()
                .setStatusCode(429)
                .putHeader("Retry-After", "1200")
                .end());

        assertThatThrownBy(() -> poll(uri, Validators.NONE)).isInstanceOfSatisfying(PollException.class, failure -> {
            assertThat(failure).hasMessage("status 429");
            assertThat(failure.retryAfter()).contains(Duration.ofMinutes(20));
        });
    }

    @Test
    void a_503_with_a_date_has_the_delay() throws Exception {
        URI uri = serve(request -> request.response()
                .setStatusCode(503)
                .putHeader("Retry-After", "Mon, 06 Jul 2026 15:01:00 GMT")
                .end());

        assertThatThrownBy(() -> poll(uri, Validators.NONE))
                .isInstanceOfSatisfying(
                        PollException.class,
                        failure -> assertThat(failure.retryAfter()).contains(Duration.ofMinutes(1)));
    }

    @Test
    void a_server_that_never_responds_times_out() throws Exception {
        AtomicBoolean cut = new AtomicBoolean();
        URI uri = serve(request -> request.connection().closeHandler(closed -> cut.set(true)));

        assertThatThrownBy(() -> poll(poller(uri, SHORT), Validators.NONE)).hasMessage("timed out");
        await().untilTrue(cut);
    }

    @Test
    void a_server_that_sends_slowly_times_out() throws Exception {
        AtomicBoolean cut = new AtomicBoolean();
        URI uri = serve(request -> {
            request.connection().closeHandler(closed -> cut.set(true));
            request.response().setChunked(true);
            vertx.setPeriodic(50, timer -> request.response().write("<!-- still here -->"));
        });

        assertThatThrownBy(() -> poll(poller(uri, SHORT), Validators.NONE)).hasMessage("timed out");
        await().untilTrue(cut);
    }

    @Test
    void an_endless_body_is_aborted_at_the_limit() throws Exception {
        AtomicBoolean cut = new AtomicBoolean();
        AtomicLong sent = new AtomicLong();
        Buffer chunk = Buffer.buffer(new byte[16_384]);
        URI uri = serve(request -> {
            request.connection().closeHandler(closed -> cut.set(true));
            request.response().setChunked(true);
            vertx.setPeriodic(1, timer -> {
                if (!cut.get() && !request.response().writeQueueFull()) {
                    sent.addAndGet(chunk.length());
                    request.response().write(chunk);
                }
            });
        });

        assertThatThrownBy(() -> poll(uri, Validators.NONE)).hasMessage("the response has more than 100000 bytes");
        await().untilTrue(cut);
        assertThat(sent).hasValueLessThan(4_000_000);
    }

    @Test
    void a_response_of_exactly_the_limit_is_read() throws Exception {
        String xml = new String(daily().getBytes(), UTF_8);
        URI uri = serve(request -> request.response().end(xml + " ".repeat(100_000 - xml.length())));

        assertThat(poll(uri, Validators.NONE)).isInstanceOf(PollResult.Received.class);
    }

    @Test
    void a_redirect_is_followed() throws Exception {
        URI uri = serve(request -> {
            if (request.path().equals("/moved")) {
                request.response().end(daily());
            } else {
                request.response()
                        .setStatusCode(302)
                        .putHeader("Location", "/moved")
                        .end();
            }
        });

        assertThat(poll(uri, Validators.NONE)).isInstanceOf(PollResult.Received.class);
    }

    @Test
    void a_redirect_loop_is_aborted() throws Exception {
        List<String> requests = new CopyOnWriteArrayList<>();
        URI uri = serve(request -> {
            requests.add(request.uri());
            request.response()
                    .setStatusCode(301)
                    .putHeader("Location", "/again")
                    .end();
        });

        assertThatThrownBy(() -> poll(uri, Validators.NONE))
                .hasMessage("too many redirects, or one without a location");
        assertThat(requests).hasSize(Redirects.MOST + 1);
    }

    @Test
    void a_redirect_to_another_scheme_is_rejected() throws Exception {
        URI uri = serve(request -> request.response()
                .setStatusCode(302)
                .putHeader("Location", "ftp://127.0.0.1/x")
                .end());

        assertThatThrownBy(() -> poll(uri, Validators.NONE)).hasMessage("redirected to an address that is not https");
    }

    @Test
    void a_response_in_another_format_is_a_failure_without_its_text() throws Exception {
        URI uri = serve(request -> request.response().end("<html>Dear customer s3cret</html>"));

        assertThatThrownBy(() -> poll(uri, Validators.NONE))
                .isInstanceOf(PollException.class)
                .hasMessageStartingWith("unreadable response: ")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void a_closed_port_is_a_failure_that_names_no_key() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        assertThatThrownBy(() -> poll(URI.create("http://127.0.0.1:" + port + "/?" + KEY), Validators.NONE))
                .hasMessage("cannot connect");
    }

    @Test
    void a_time_out_names_no_key() throws Exception {
        URI uri = serve(request -> {});

        assertThatThrownBy(() -> poll(poller(URI.create(uri + "?" + KEY), SHORT), Validators.NONE))
                .satisfies(failure -> assertThat(String.valueOf(failure)).doesNotContain("s3cret"));
    }

    @Test
    void a_reset_in_the_middle_of_a_response_is_a_failure() throws Exception {
        URI uri = serve(request -> {
            request.response().putHeader("Content-Length", "5000").write("<?xml version='1.0'?>");
            request.connection().close();
        });

        assertThatThrownBy(() -> poll(uri, Validators.NONE)).isInstanceOf(PollException.class);
    }

    @Test
    void a_poll_after_an_aborted_one_succeeds() throws Exception {
        AtomicBoolean awake = new AtomicBoolean();
        URI uri = serve(request -> {
            if (awake.getAndSet(true)) {
                request.response().end(daily());
            }
        });
        HttpPoller poller =
                poller(uri, new FetchLimits(Duration.ofSeconds(4), Duration.ofSeconds(4), PATIENT.maxBytes()));

        assertThatThrownBy(() -> poll(poller, Validators.NONE)).hasMessage("timed out");
        PollResult second = poll(poller, Validators.NONE);

        assertThat(second)
                .isInstanceOfSatisfying(
                        PollResult.Received.class,
                        received -> assertThat(received.response())
                                .extracting(FeedResponse::unreadable)
                                .isEqualTo(0));
    }

    private URI serve(Handler<HttpServerRequest> handler) throws Exception {
        HttpServer server = get(vertx.createHttpServer().requestHandler(handler).listen(0, "127.0.0.1"));
        return URI.create("http://127.0.0.1:" + server.actualPort() + "/daily.xml");
    }

    private HttpPoller poller(URI uri, FetchLimits limits) {
        return new HttpPoller(vertx, new EcbFeed(uri, Duration.ofMinutes(1)), limits, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private PollResult poll(URI uri, Validators known) throws Exception {
        return poll(poller(uri, PATIENT), known);
    }

    private PollResult poll(HttpPoller poller, Validators known) throws Exception {
        try {
            return get(onContext(poller, known));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof PollException failure ? failure : e;
        }
    }

    private Future<PollResult> onContext(HttpPoller poller, Validators known) {
        Promise<PollResult> polled = Promise.promise();
        vertx.getOrCreateContext().runOnContext(ignored -> poller.poll(known).onComplete(polled));
        return polled.future();
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static Buffer daily() {
        try (InputStream in = Objects.requireNonNull(
                EcbFeed.class.getResourceAsStream("/io/ratemesh/rates/feed/ecb-eurofxref-daily-2026-07-06.xml"))) {
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
