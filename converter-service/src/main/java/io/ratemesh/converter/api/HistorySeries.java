package io.ratemesh.converter.api;

import io.ratemesh.converter.history.CurrentHistory;
import io.ratemesh.converter.http.AcceptHeader;
import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.EntityTag;
import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.http.ProblemException;
import io.ratemesh.converter.series.Series;
import io.ratemesh.converter.series.SeriesCache;
import io.ratemesh.converter.series.SeriesFormat;
import io.ratemesh.converter.series.SeriesMaker;
import io.ratemesh.model.Currencies;
import io.ratemesh.model.Currency;
import io.ratemesh.model.history.MinutePoints;
import io.ratemesh.model.history.RateHistory;
import io.ratemesh.model.history.SettledDays;
import io.ratemesh.model.quote.PairQuote;
import io.ratemesh.model.quote.PairQuotes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /api/v1/history/USD/JPY}: a series. All days of a pair are some seven thousand divisions and a megabyte of
 * text, too much for an event loop: one thread beside it makes them, and what was made is kept while the history is the
 * same.
 */
final class HistorySeries {

    private static final Duration MINUTES_SPAN = Duration.ofHours(24);
    private static final long MAX_KEPT_BYTES = 16 * 1024 * 1024;
    private static final List<String> TYPES =
            Arrays.stream(SeriesFormat.values()).map(SeriesFormat::mediaType).toList();

    private record Key(SeriesRequest request, SeriesFormat format, Instant until, LocalDate today) {}

    private final CurrentHistory history;
    private final WorkerExecutor maker;
    private final SeriesCache<Key, ApiResponse> ofDays = cache();
    private final SeriesCache<Key, ApiResponse> ofMinutes = cache();

    /** Made on the event loop that serves. */
    HistorySeries(Vertx vertx, CurrentHistory history) {
        this.history = history;
        this.maker = vertx.createSharedWorkerExecutor("series", 1);
    }

    /**
     * Answers a GET.
     *
     * @param accept the field's value; empty where there is none
     * @return fails with a {@link ProblemException}
     */
    Future<ApiResponse> get(ResourceRequest ask, String accept) {
        SeriesRequest asked = SeriesRequest.read(ask);
        SeriesFormat format = asked.format().orElseGet(() -> accepted(accept));
        PairQuotes quotes = ask.book().quotes();
        if (asked.minutes()) {
            MinutePoints minutes = history.minutes();
            Instant until = ask.now().truncatedTo(ChronoUnit.MINUTES);
            Key key = new Key(asked, format, until, ask.today());
            return made(ofMinutes.get(
                    minutes, key, () -> maker.executeBlocking(() -> minutes(key, minutes, quotes), false)));
        }
        RateHistory days = ask.history();
        Key key = new Key(asked, format, Instant.EPOCH, ask.today());
        return made(ofDays.get(days, key, () -> maker.executeBlocking(() -> days(key, days, quotes), false)));
    }

    private static Future<ApiResponse> made(Optional<Future<ApiResponse>> making) {
        return making.orElseThrow(() -> Problem.later(ProblemCode.TOO_BUSY, "too many series are on their way at once")
                .refusal());
    }

    private static ApiResponse days(Key key, RateHistory history, PairQuotes quotes) {
        SeriesRequest asked = key.request();
        Series series = new SeriesMaker(asked.from().code(), asked.to().code())
                .days(quotes, asked.firstDay(), asked.lastDay(), asked.grouping());
        if (series.isEmpty()) {
            String when = "from " + asked.firstDay() + " to " + asked.lastDay();
            checkRate(asked, quotes.on(asked.from().code(), asked.to().code(), asked.lastDay()), when);
        }
        boolean settled = asked.fixed() && SettledDays.settled(history, asked.firstDay(), asked.lastDay(), key.today());
        return answer(key.format(), series, settled);
    }

    private static ApiResponse minutes(Key key, MinutePoints minutes, PairQuotes quotes) {
        SeriesRequest asked = key.request();
        Series series = new SeriesMaker(asked.from().code(), asked.to().code())
                .minutes(minutes, key.until().minus(MINUTES_SPAN), key.until());
        if (series.isEmpty()) {
            checkRate(asked, quotes.now(asked.from().code(), asked.to().code()), "now");
        }
        return answer(key.format(), series, false);
    }

    /** A span without a rate is empty, but a currency without any is refused as everywhere. */
    private static void checkRate(SeriesRequest asked, PairQuote quote, String when) {
        if (quote instanceof PairQuote.NoRate none) {
            String parameter = none.code().equals(asked.to().code()) ? "to" : "from";
            String name = Currencies.find(none.code()).map(Currency::name).orElse("");
            String last = none.lastDay()
                    .map(day -> "; the last one known is of " + day)
                    .orElse("");
            throw Problem.of(
                            ProblemCode.NO_RATE,
                            parameter + ": there is no rate for " + none.code() + " (" + name + ") " + when + last)
                    .refusal();
        }
    }

    private static ApiResponse answer(SeriesFormat format, Series series, boolean settled) {
        Buffer text = format.write(series);
        return new ApiResponse(
                200,
                format.contentType(),
                text,
                settled ? ApiResponse.IMMUTABLE : ApiResponse.NO_CACHE,
                EntityTag.of(text),
                List.of(new ApiResponse.Field(HttpHeaders.VARY, HttpHeaders.ACCEPT)));
    }

    private static SeriesFormat accepted(String accept) {
        return AcceptHeader.preferred(accept, TYPES)
                .flatMap(SeriesFormat::of)
                .orElseThrow(() -> Problem.of(
                                ProblemCode.NOT_ACCEPTABLE,
                                "Accept excludes what there is (expected: " + String.join(", ", TYPES) + ")")
                        .refusal());
    }

    private static SeriesCache<Key, ApiResponse> cache() {
        return new SeriesCache<>(MAX_KEPT_BYTES, answer -> answer.body().length());
    }
}
