package io.ratemesh.converter.frankfurter;

import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.Parameters;
import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.http.ProblemException;
import io.ratemesh.converter.route.MediaTypes;
import io.ratemesh.converter.route.PathRoutes;
import io.ratemesh.converter.route.RequestMeters.Endpoint;
import io.ratemesh.converter.route.ResourceRequest;
import io.ratemesh.converter.route.Route;
import io.ratemesh.converter.route.RouteHandler;
import io.ratemesh.converter.route.RouteHandler.DeferredResource;
import io.ratemesh.converter.route.RouteHandler.Resource;
import io.ratemesh.converter.series.SeriesCache;
import io.ratemesh.model.Currencies;
import io.ratemesh.model.history.RateHistory;
import io.ratemesh.model.history.SettledDays;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.LocalDate;
import java.util.Map;

/**
 * The endpoints below {@code /v1}, in the format of Frankfurter v1. A range may be four megabytes, so a worker thread makes it,
 * and the ranges in flight together are limited. Used on one event loop.
 */
public final class Frankfurter {

    private static final String PREFIX = "/v1/";
    private static final long MAX_CACHED_BYTES = 8 * 1024 * 1024;

    /** Seven times all days of all currencies. */
    private static final long MAX_BYTES_IN_FLIGHT = 32 * 1024 * 1024;

    private record Key(FrankfurterTarget.Range range, FrankfurterQuery query, LocalDate today) {}

    /** The same as Frankfurter's, whose version 1 is frozen. */
    private static final String ROOT =
            "{\"version\":\"v1\",\"status\":\"frozen\",\"openapi\":\"/v1/openapi.json\",\"docs\":\"/api/\"}";

    private final WorkerExecutor worker;
    private final SeriesCache<Key, ApiResponse> cache =
            new SeriesCache<>(MAX_CACHED_BYTES, response -> response.body().length());
    private long bytesInFlight;

    /** Made on the event loop that serves. */
    public Frankfurter(Vertx vertx) {
        this.worker = vertx.createSharedWorkerExecutor("frankfurter", 1);
    }

    /**
     * The routes by path.
     *
     * @param document the OpenAPI document
     */
    public Map<String, PathRoutes> routes(ApiResponse document) {
        ApiResponse links = FrankfurterResponse.of(new StringBuilder(ROOT), false);
        Resource root = request -> links;
        Resource openapi = request -> document;
        Resource currencies = Frankfurter::currencies;
        Resource latest = Frankfurter::latest;
        DeferredResource days = this::days;
        return Map.of(
                "/v1", route(root),
                "/v1/", route(root),
                "/v1/openapi.json", route(openapi),
                "/v1/currencies", route(currencies),
                "/v1/latest", route(latest),
                "/v1/current", route(latest),
                "/v1/*", route(days));
    }

    /** A day or a range of days. */
    Future<ApiResponse> days(ResourceRequest request, Future<Void> sent) {
        FrankfurterTarget target = FrankfurterTarget.of(request.path().substring(PREFIX.length()));
        FrankfurterQuery query = FrankfurterQuery.read(request.query());
        RateHistory days = request.history();
        if (target instanceof FrankfurterTarget.Day day) {
            return Future.succeededFuture(day(days, query, day.date(), request.today()));
        }
        return range(days, new Key((FrankfurterTarget.Range) target, query, request.today()), sent);
    }

    /** The query is read although it is not used: an invalid one is an error at Frankfurter too. */
    private static ApiResponse currencies(ResourceRequest request) {
        FrankfurterQuery unused = FrankfurterQuery.read(request.query());
        return CurrencyNames.response(request.history());
    }

    private static ApiResponse latest(ResourceRequest request) {
        LocalDate today = request.today();
        return day(request.history(), FrankfurterQuery.read(request.query()), today, today);
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

    private static PathRoutes route(RouteHandler handler) {
        return PathRoutes.of(new Route(
                Endpoint.FRANKFURTER, MediaTypes.UNCHECKED, Parameters.UNCHECKED, FrankfurterError::response, handler));
    }

    private static ProblemException tooBusy() {
        return Problem.later(ProblemCode.TOO_BUSY, "too many ranges are being sent at once; try again")
                .exception();
    }
}
