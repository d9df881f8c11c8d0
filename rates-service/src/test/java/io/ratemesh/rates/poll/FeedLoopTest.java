package io.ratemesh.rates.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.rates.feed.FeedResponse;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FeedLoopTest {

    private static final FeedResponse RESPONSE = new FeedResponse(List.of(), 0);
    private static final Validators FRESH = new Validators(Optional.of("\"1\""), Optional.empty());

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final List<Validators> polls = new CopyOnWriteArrayList<>();
    private final List<Promise<PollResult>> results = new CopyOnWriteArrayList<>();
    private final Recorder listener = new Recorder();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void never_two_polls_of_a_feed_are_in_flight() {
        FeedLoop loop = loop();
        run(loop::start);
        await().until(() -> polls.size() == 1);

        run(loop::stop);
        run(loop::start);
        run(loop::start);

        run(() -> assertThat(polls).hasSize(1));
        complete(0, new PollResult.Received(RESPONSE, FRESH));
        await().until(() -> polls.size() == 2);
    }

    @Test
    void the_start_of_a_poll_is_reported_before_its_end() {
        FeedLoop loop = loop();
        run(loop::start);
        await().until(() -> polls.size() == 1);

        run(() -> assertThat(listener.started).hasValue(1));
        run(() -> assertThat(listener.outcomes).isEmpty());
    }

    @Test
    void after_an_accepted_response_the_next_request_is_conditional() {
        run(loop()::start);
        await().until(() -> polls.size() == 1);
        complete(0, new PollResult.Received(RESPONSE, FRESH));
        await().until(() -> polls.size() == 2);

        assertThat(polls).containsExactly(Validators.NONE, FRESH);
        assertThat(listener.outcomes).containsExactly(PollOutcome.ACCEPTED);
    }

    @Test
    void after_a_rejected_response_the_next_request_is_unconditional() {
        listener.rejects = true;
        run(loop()::start);
        await().until(() -> polls.size() == 1);
        complete(0, new PollResult.Received(RESPONSE, FRESH));
        await().until(() -> polls.size() == 2);

        assertThat(polls).containsExactly(Validators.NONE, Validators.NONE);
        assertThat(listener.outcomes).containsExactly(PollOutcome.REJECTED);
        assertThat(listener.events).containsExactly("failed: another base?");
    }

    @Test
    void a_response_after_the_stop_is_ignored() {
        FeedLoop loop = loop();
        run(loop::start);
        await().until(() -> polls.size() == 1);
        run(loop::stop);
        complete(0, new PollResult.Received(RESPONSE, FRESH));

        run(() -> assertThat(listener.outcomes).isEmpty());
        run(() -> assertThat(polls).hasSize(1));
    }

    @Test
    void failure_and_recovery_are_reported_once_each() {
        run(loop()::start);
        for (int failure = 0; failure < 3; failure++) {
            int attempt = failure;
            await().until(() -> polls.size() == attempt + 1);
            run(() -> results.get(attempt).fail(new PollException("status 500")));
        }
        await().until(() -> polls.size() == 4);
        complete(3, new PollResult.Unchanged());
        await().until(() -> polls.size() == 5);

        assertThat(listener.events).containsExactly("failed: status 500", "recovered");
        assertThat(listener.outcomes)
                .containsExactly(PollOutcome.FAILED, PollOutcome.FAILED, PollOutcome.FAILED, PollOutcome.UNCHANGED);
    }

    @Test
    void an_exception_of_the_listener_does_not_stop_the_polls() {
        listener.fails = true;
        run(loop()::start);
        await().until(() -> polls.size() == 1);
        complete(0, new PollResult.Received(RESPONSE, FRESH));

        await().until(() -> polls.size() == 2);
        assertThat(listener.outcomes).containsExactly(PollOutcome.FAILED);
    }

    @Test
    void a_notice_is_reported_once_until_it_changes() {
        run(loop()::start);
        List<Optional<String>> notices = List.of(
                Optional.of("ends in May"), Optional.of("ends in May"), Optional.empty(), Optional.of("ends in June"));
        for (int poll = 0; poll < notices.size(); poll++) {
            int next = poll + 1;
            await().until(() -> polls.size() == next);
            complete(
                    poll,
                    new PollResult.Received(
                            new FeedResponse(List.of(), 0, Optional.empty(), notices.get(poll)), FRESH));
        }
        await().until(() -> polls.size() == notices.size() + 1);

        assertThat(listener.events).containsExactly("notice: ends in May", "notice: ends in June");
    }

    private FeedLoop loop() {
        Duration tick = Duration.ofMillis(10);
        return new FeedLoop(
                vertx,
                Clock.systemUTC(),
                this::poll,
                new PollSchedule("ecb", tick, new Backoff(tick, tick, tick, new SplittableRandom(1))),
                listener);
    }

    private Future<PollResult> poll(Validators known) {
        Promise<PollResult> result = Promise.promise();
        results.add(result);
        polls.add(known);
        return result.future();
    }

    private void complete(int poll, PollResult polled) {
        run(() -> results.get(poll).complete(polled));
    }

    /** Runs a step on the context of the loop, and waits for its end. */
    private void run(Runnable step) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(ignored -> {
            try {
                step.run();
                done.complete();
            } catch (RuntimeException | AssertionError e) {
                done.fail(e);
            }
        });
        done.future().toCompletionStage().toCompletableFuture().join();
    }

    private static final class Recorder implements PollListener {

        private final List<PollOutcome> outcomes = new CopyOnWriteArrayList<>();
        private final AtomicInteger started = new AtomicInteger();
        private final List<String> events = new CopyOnWriteArrayList<>();
        private volatile boolean rejects;
        private volatile boolean fails;

        @Override
        public AcceptedQuotes accept(FeedResponse response) throws PollException {
            if (rejects) {
                throw new PollException("another base?");
            }
            if (fails) {
                throw new IllegalStateException("a bug");
            }
            return new AcceptedQuotes(29, true);
        }

        @Override
        public void started() {
            started.incrementAndGet();
        }

        @Override
        public void ended(PollOutcome outcome) {
            outcomes.add(outcome);
        }

        @Override
        public void failed(String error) {
            events.add("failed: " + error);
        }

        @Override
        public void noticed(String notice) {
            events.add("notice: " + notice);
        }

        @Override
        public void recovered() {
            events.add("recovered");
        }
    }
}
