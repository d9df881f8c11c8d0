package io.ratemesh.converter.frankfurter;

import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.http.ProblemException;
import io.ratemesh.converter.route.ResourceRequest;
import io.ratemesh.converter.route.RouteHandler.DeferredResource;
import io.ratemesh.converter.series.SeriesCache;
import io.ratemesh.model.Currencies;
import io.ratemesh.model.history.RateHistory;
import io.ratemesh.model.history.SettledDays;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.LocalDate;

/**
 * {@code GET /v1/…} in the format of Frankfurter v1. A range may be four megabytes, so a worker thread makes it, and the
 * ranges in flight together are limited. Used on one event loop.
 */
public final class Frankfurter implements DeferredResource {

    private static final long MAX_CACHED_BYTES = 8 * 1024 * 1024;

    /** Seven times all days of all currencies. */
    private static final long MAX_BYTES_IN_FLIGHT = 32 * 1024 * 1024;

    private record Key(FrankfurterTarget.Range range, FrankfurterQuery query, LocalDate today) {}

    /** The same as Frankfurter's, whose version 1 is frozen. */
    private static final String ROOT =
            "{\"version\":\"v1\",\"status\":\"frozen\",\"openapi\":\"/v1/openapi.json\",\"docs\":\"/api/\"}";

    private final ApiResponse root = FrankfurterResponse.of(new StringBuilder(ROOT), false);
    private final ApiResponse document;
    private final WorkerExecutor worker;
    private final SeriesCache<Key, ApiResponse> cache =
            new SeriesCache<>(MAX_CACHED_BYTES, response -> response.body().length());
    private long bytesInFlight;

    /**
     * Made on the event loop that serves.
     *
     * @param document the OpenAPI document
     */
    public Frankfurter(Vertx vertx, ApiResponse document) {
        this.document = document;
        this.worker = vertx.createSharedWorkerExecutor("frankfurter", 1);
    }

    @Override
    public Future<ApiResponse> get(ResourceRequest request, Future<Void> sent) {
        FrankfurterTarget target = FrankfurterTarget.of(request.path());
        if (target instanceof FrankfurterTarget.Root) {
            return Future.succeededFuture(root);
        }
        if (target instanceof FrankfurterTarget.Document) {
            return Future.succeededFuture(document);
        }
        FrankfurterQuery query = FrankfurterQuery.read(request.query());
        RateHistory days = request.history();
        LocalDate today = request.today();
        if (target instanceof FrankfurterTarget.Range range) {
            return range(days, new Key(range, query, today), sent);
        }
        if (target instanceof FrankfurterTarget.Names) {
            return Future.succeededFuture(CurrencyNames.response(days));
        }
        LocalDate date = target instanceof FrankfurterTarget.Day day ? day.date() : today;
        return Future.succeededFuture(day(days, query, date, today));
    }

    private static ApiResponse day(RateHistory days, FrankfurterQuery query, LocalDate date, LocalDate today) {
        LocalDate day = days.lastDay(Currencies.EURO, Currencies.EURO, date).orElseThrow(FrankfurterError::notFound);
        DayWriter writer = new DayWriter(days, query);
        StringBuilder json = writer.begin(new StringBuilder(1024));
        json.append(",\"date\":\"").append(day).append("\",\"rates\":");
        if (!writer.append(json, day)) {
            throw FrankfurterError.notFound();
        }
        return FrankfurterResponse.of(json.append('}'), SettledDays.settled(days, day.plusDays(1), date, today));
    }

    private Future<ApiResponse> range(RateHistory days, Key key, Future<Void> sent) {
        RangeMaker range = new RangeMaker(days, key.query(), key.range(), key.today());
        long bytes = range.maxChars();
        if (bytesInFlight + bytes > MAX_BYTES_IN_FLIGHT) {
            throw tooBusy();
        }
        Future<ApiResponse> response = cache.get(days, key, () -> worker.executeBlocking(range::response, false))
                .orElseThrow(Frankfurter::tooBusy);
        bytesInFlight += bytes;
        sent.onComplete(ignored -> bytesInFlight -= bytes);
        return response;
    }

    private static ProblemException tooBusy() {
        return Problem.later(ProblemCode.TOO_BUSY, "too many ranges are being sent at once; try again")
                .exception();
    }
}
