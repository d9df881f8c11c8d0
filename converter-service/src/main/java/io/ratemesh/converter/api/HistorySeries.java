package io.ratemesh.converter.api;

import io.ratemesh.converter.history.CurrentHistory;
import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.EntityTag;
import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.route.MediaTypes;
import io.ratemesh.converter.route.ResourceRequest;
import io.ratemesh.converter.route.RouteHandler.DeferredResource;
import io.ratemesh.converter.series.Series;
import io.ratemesh.converter.series.SeriesCache;
import io.ratemesh.converter.series.SeriesFormat;
import io.ratemesh.converter.series.SeriesMaker;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /api/v1/history/USD/JPY}: the rates of a pair over time. All days of a pair are seven thousand divisions and a
 * megabyte of text, too much for an event loop: a worker thread makes them, and a cache keeps them until the history changes.
 */
final class HistorySeries implements DeferredResource {

    static final MediaTypes MEDIA_TYPES = mediaTypes();

    private static final Duration MINUTES_SPAN = Duration.ofHours(24);
    private static final long MAX_KEPT_BYTES = 16 * 1024 * 1024;

    private record Key(SeriesRequest request, SeriesFormat format, Instant until, LocalDate today) {}

    private final CurrentHistory history;
    private final WorkerExecutor maker;
    private final SeriesCache<Key, ApiResponse> dayCache = cache();
    private final SeriesCache<Key, ApiResponse> minuteCache = cache();

    /** Made on the event loop that serves. */
    HistorySeries(Vertx vertx, CurrentHistory history) {
        this.history = history;
        this.maker = vertx.createSharedWorkerExecutor("series", 1);
    }

    @Override
    public Future<ApiResponse> get(ResourceRequest request, Future<Void> sent) {
        SeriesRequest series = SeriesRequest.read(request);
        SeriesFormat format = SeriesFormat.of(request.mediaType()).orElseThrow();
        PairQuotes quotes = request.book().quotes();
        if (series.minutes()) {
            MinutePoints minutes = history.minutes();
            Instant until = request.now().truncatedTo(ChronoUnit.MINUTES);
            Key key = new Key(series, format, until, request.today());
            return made(minuteCache.get(
                    minutes, key, () -> maker.executeBlocking(() -> minutes(key, minutes, quotes), false)));
        }
        RateHistory days = request.history();
        Key key = new Key(series, format, Instant.EPOCH, request.today());
        return made(dayCache.get(days, key, () -> maker.executeBlocking(() -> days(key, days, quotes), false)));
    }

    private static Future<ApiResponse> made(Optional<Future<ApiResponse>> making) {
        return making.orElseThrow(
                () -> Problem.later(ProblemCode.TOO_BUSY, "too many series are being made at once; try again")
                        .exception());
    }

    private static ApiResponse days(Key key, RateHistory history, PairQuotes quotes) {
        SeriesRequest request = key.request();
        Series series = new SeriesMaker(request.from().code(), request.to().code())
                .days(quotes, request.firstDay(), request.lastDay(), request.grouping());
        if (series.isEmpty()) {
            String when = "from " + request.firstDay() + " to " + request.lastDay();
            checkRate(request, quotes.on(request.from().code(), request.to().code(), request.lastDay()), when);
        }
        boolean settled =
                request.fixed() && SettledDays.settled(history, request.firstDay(), request.lastDay(), key.today());
        return response(key.format(), series, settled);
    }

    private static ApiResponse minutes(Key key, MinutePoints minutes, PairQuotes quotes) {
        SeriesRequest request = key.request();
        Series series = new SeriesMaker(request.from().code(), request.to().code())
                .minutes(minutes, key.until().minus(MINUTES_SPAN), key.until());
        if (series.isEmpty()) {
            checkRate(request, quotes.now(request.from().code(), request.to().code()), "now");
        }
        return response(key.format(), series, false);
    }

    /** A range without rates is an empty series, but a currency without any rate is an error as everywhere. */
    private static void checkRate(SeriesRequest request, PairQuote quote, String when) {
        if (quote instanceof PairQuote.NoRate none) {
            String parameter = none.code().equals(request.to().code()) ? "to" : "from";
            throw CurrencyCodes.noRate(parameter, none, when);
        }
    }

    private static ApiResponse response(SeriesFormat format, Series series, boolean settled) {
        Buffer text = format.write(series);
        return new ApiResponse(
                200,
                format.contentType(),
                text,
                settled ? ApiResponse.IMMUTABLE : ApiResponse.NO_CACHE,
                EntityTag.of(text),
                List.of(new ApiResponse.Field(HttpHeaders.VARY, HttpHeaders.ACCEPT)));
    }

    private static MediaTypes mediaTypes() {
        Map<String, String> bySuffix = new LinkedHashMap<>();
        for (SeriesFormat format : SeriesFormat.values()) {
            bySuffix.put(format.suffix(), format.mediaType());
        }
        return MediaTypes.bySuffix(bySuffix);
    }

    private static SeriesCache<Key, ApiResponse> cache() {
        return new SeriesCache<>(MAX_KEPT_BYTES, response -> response.body().length());
    }
}
