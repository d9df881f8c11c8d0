package io.ratemesh.converter.route;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Counts and times requests by endpoint and outcome. Every meter is looked up once, at the start. */
public final class RequestMeters {

    /** The endpoint of a request, as metrics name it. */
    public enum Endpoint {
        CONVERT,
        BATCH,
        RATES,
        PAIR,
        HISTORY,
        CURRENCIES,
        STATUS,
        STREAM,
        FRANKFURTER,
        DOCUMENT,
        NODE,
        OTHER
    }

    private enum Outcome {
        OK,
        NOT_MODIFIED,
        REJECTED,
        FAILED
    }

    private static final int NOT_MODIFIED = 304;
    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    private final Map<Endpoint, Map<Outcome, Timer>> timers = new EnumMap<>(Endpoint.class);

    RequestMeters(MeterRegistry registry) {
        for (Endpoint endpoint : Endpoint.values()) {
            Map<Outcome, Timer> byOutcome = new EnumMap<>(Outcome.class);
            for (Outcome outcome : Outcome.values()) {
                byOutcome.put(
                        outcome,
                        Timer.builder("ratemesh.converter.request.duration")
                                .description("Time from the head of a request to its response")
                                .tag("endpoint", word(endpoint))
                                .tag("outcome", word(outcome))
                                .serviceLevelObjectives(
                                        Duration.ofNanos(100_000),
                                        Duration.ofMillis(1),
                                        Duration.ofMillis(10),
                                        Duration.ofMillis(100))
                                .register(registry));
            }
            timers.put(endpoint, byOutcome);
        }
    }

    void record(Endpoint endpoint, int status, long nanos) {
        Map<Outcome, Timer> byOutcome = timers.get(endpoint);
        Timer timer = byOutcome == null ? null : byOutcome.get(outcome(status));
        if (timer != null) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private static Outcome outcome(int status) {
        if (status >= SERVER_ERROR) {
            return Outcome.FAILED;
        }
        if (status >= CLIENT_ERROR) {
            return Outcome.REJECTED;
        }
        return status == NOT_MODIFIED ? Outcome.NOT_MODIFIED : Outcome.OK;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
