package io.ratemesh.rates.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.ratemesh.node.book.FeedStatusReport;
import io.ratemesh.node.ops.OpsEvents;
import io.ratemesh.node.settings.FeedSettings;
import io.ratemesh.node.settings.Secret;
import io.ratemesh.rates.poll.AcceptedQuotes;
import io.ratemesh.rates.poll.Backoff;
import io.ratemesh.rates.poll.FeedLoop;
import io.ratemesh.rates.poll.FetchLimits;
import io.ratemesh.rates.poll.HttpPoller;
import io.ratemesh.rates.poll.PollException;
import io.ratemesh.rates.poll.PollListener;
import io.ratemesh.rates.poll.PollOutcome;
import io.ratemesh.rates.poll.PollSchedule;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * The key of a feed that fails in every possible way is not in any log, event, status or exception.
 */
class KeyNeverShownTest {

    private static final String KEY = "pl4nted+k3y/of=secrets";
    private static final String ENCODED = URLEncoder.encode(KEY, UTF_8);
    private static final FetchLimits LIMITS = new FetchLimits(Duration.ofSeconds(2), Duration.ofMillis(300), 10_000);
    private static final String LOGGED_BY_THE_TEST = "the log is capture";

    private final Vertx vertx = Vertx.vertx();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();
    private final LogCapture log = new LogCapture();
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    @BeforeEach
    void listen() {
        log.setContext(root.getLoggerContext());
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
        vertx.eventBus()
                .<JsonObject>consumer(
                        OpsEvents.ADDRESS, event -> shown.add(event.body().encode()));
    }

    @AfterEach
    void close() throws Exception {
        root.setLevel(before);
        root.detachAppender(log);
        get(vertx.close());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "500",
                "401",
                "repeats",
                "redirect",
                "circle",
                "elsewhere",
                "html",
                "duplicate-names",
                "silent",
                "hang-up",
                "long"
            })
    void no_key_is_shown_whatever_goes_wrong(String fault) throws Exception {
        for (String name : List.of("fixer", "currencylayer", "exchangerate-host", "openexchangerates")) {
            fail(feed(name, serve(fault)));
        }

        assertThat(requests)
                .as("the key is sent")
                .anySatisfy(uri -> assertThat(uri).contains(ENCODED));
        assertNothingShown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:PORT/x", "http://no-such-host.invalid/x", "https://127.0.0.1:PORT/x"})
    void no_key_is_shown_if_the_server_is_unreachable(String address) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        fail(feed("fixer", URI.create(address.replace("PORT", String.valueOf(port)))));

        assertNothingShown();
    }

    /** Two failures: the first is an event, the second is only in the debug log. */
    private void fail(HttpFeed feed) throws Exception {
        HttpPoller poller = new HttpPoller(vertx, feed, LIMITS, Clock.systemUTC());
        Duration tick = Duration.ofMillis(1);
        PollSchedule schedule =
                new PollSchedule(feed.name(), tick, new Backoff(tick, tick, tick, new SplittableRandom(1)));
        Listener listener = new Listener(schedule);
        FeedLoop loop = new FeedLoop(
                vertx,
                Clock.systemUTC(),
                validators -> poller.poll(validators).onFailure(this::keep),
                schedule,
                listener);
        vertx.runOnContext(ignored -> loop.start());
        await().until(() -> listener.outcomes.size() >= 2);
        vertx.runOnContext(ignored -> loop.close());
        shown.add(feed.toString());
        assertThat(listener.outcomes).containsOnly(PollOutcome.FAILED);
    }

    private void keep(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        shown.add(failure + trace.toString());
    }

    private void assertNothingShown() {
        LoggerFactory.getLogger(KeyNeverShownTest.class).trace(LOGGED_BY_THE_TEST);
        await().untilAsserted(() -> {
            assertThat(shown).anySatisfy(text -> assertThat(text).contains("feed-failed"));
            assertThat(shown).anySatisfy(text -> assertThat(text).contains("\"lastError\":"));
            assertThat(log.lines).anySatisfy(line -> assertThat(line).contains(LOGGED_BY_THE_TEST));
            assertThat(log.lines).anySatisfy(line -> assertThat(line).contains("still fails"));
        });
        for (String part : List.of(KEY, ENCODED, "pl4nted", "k3y")) {
            assertThat(log.lines).noneMatch(line -> line.contains(part));
            assertThat(shown).noneMatch(text -> text.contains(part));
        }
    }

    private URI serve(String fault) throws Exception {
        Handler<HttpServerRequest> handler = request -> {
            requests.add(request.uri());
            respond(fault, request);
        };
        HttpServer server = get(vertx.createHttpServer().requestHandler(handler).listen(0, "127.0.0.1"));
        return URI.create("http://127.0.0.1:" + server.actualPort() + "/latest");
    }

    private static void respond(String fault, HttpServerRequest request) {
        String words = "the key " + KEY + " (" + ENCODED + ") is not valid";
        switch (fault) {
            case "500", "401" ->
                request.response()
                        .setStatusCode(Integer.parseInt(fault))
                        .setStatusMessage("not " + ENCODED)
                        .end(words);
            case "repeats" ->
                request.response()
                        .end("{\"success\":false,\"error\":{\"code\":101,\"type\":\"" + KEY + "\",\"info\":\"" + words
                                + "\"}}");
            case "redirect" ->
                request.response()
                        .setStatusCode(302)
                        .putHeader("Location", "ftp://x.example/?access_key=" + ENCODED)
                        .end();
            case "circle" ->
                request.response()
                        .setStatusCode(302)
                        .putHeader("Location", "/again?access_key=" + ENCODED)
                        .end();
            case "elsewhere" ->
                request.response()
                        .setStatusCode(301)
                        .putHeader("Location", "http://127.0.0.1:1/?access_key=" + ENCODED)
                        .end();
            case "html" -> request.response().end("<html>" + words + "</html>");
            case "duplicate-names" ->
                request.response()
                        .end("{\"" + KEY + "\":1,\"" + KEY + "\":2,\"success\":true,\"timestamp\":\"" + words + "\"}");
            case "silent" -> request.response().setChunked(true);
            case "hang-up" -> request.connection().close();
            case "long" -> request.response().end(words.repeat(1_000));
            default -> throw new IllegalArgumentException(fault);
        }
    }

    private static HttpFeed feed(String name, URI uri) {
        FeedSettings settings =
                new FeedSettings(name, Optional.of(uri), Optional.empty()).withKey(Optional.of(new Secret(KEY)));
        return (HttpFeed) new FeedCatalog().create(List.of(settings)).get(0);
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** Publishes events like the rates node, and keeps the status. */
    private final class Listener implements PollListener {

        private final OpsEvents ops = new OpsEvents(vertx, "rates-1");
        private final List<PollOutcome> outcomes = new CopyOnWriteArrayList<>();
        private final PollSchedule schedule;

        private Listener(PollSchedule schedule) {
            this.schedule = schedule;
        }

        @Override
        public AcceptedQuotes accept(FeedResponse response) throws PollException {
            throw new PollException("this was to fail");
        }

        @Override
        public void ended(PollOutcome outcome) {
            FeedStatusReport report = schedule.report();
            shown.add(report.toJson().encode());
            shown.add(report.toString());
            outcomes.add(outcome);
        }

        @Override
        public void failed(String error) {
            ops.publish("feed-failed", schedule.feed(), error);
        }

        @Override
        public void recovered() {
            ops.publish("feed-recovered", schedule.feed(), "responds again");
        }
    }

    private static final class LogCapture extends AppenderBase<ILoggingEvent> {

        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            String trace =
                    event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
            lines.add(event.getFormattedMessage() + " " + trace);
        }
    }
}
