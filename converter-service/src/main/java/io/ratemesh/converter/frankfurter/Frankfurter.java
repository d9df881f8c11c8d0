package io.ratemesh.converter.frankfurter;

import io.ratemesh.converter.book.BookView;
import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.series.SeriesCache;
import io.ratemesh.model.Currencies;
import io.ratemesh.model.history.RateHistory;
import io.ratemesh.model.history.SettledDays;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/…} as Frankfurter v1 answers. A day is answered at once; a range, which may be four megabytes of all days and
 * currencies, is made on one thread beside the event loop, and so much of them is on its way at most. Lives on one event loop.
 */
public final class Frankfurter {

    private static final long MAX_KEPT_BYTES = 8 * 1024 * 1024;

    /** Seven times all there is. */
    private static final long MAX_BYTES_UNDER_WAY = 32 * 1024 * 1024;

    private record Key(FrankfurterTarget.Range range, FrankfurterQuery query, LocalDate today) {}

    /**
     * What is asked.
     *
     * @param path {@code /v1}, or below {@code /v1/}
     * @param query what follows the question mark; null where there is none
     * @param today where the ECB is
     */
    public record Asked(String path, @Nullable String query, LocalDate today) {}

    /** As theirs, whose version 1 is not to change any more. */
    private static final String ROOT =
            "{\"version\":\"v1\",\"status\":\"frozen\",\"openapi\":\"/v1/openapi.json\",\"docs\":\"/api/\"}";

    private final ApiResponse root = FrankfurterResponse.of(new StringBuilder(ROOT), false);
    private final ApiResponse document;
    private final WorkerExecutor maker;
    private final SeriesCache<Key, ApiResponse> made =
            new SeriesCache<>(MAX_KEPT_BYTES, answer -> answer.body().length());
    private long underWay;

    /**
     * Made on the event loop that serves.
     *
     * @param document of the whole API, these paths among others
     */
    public Frankfurter(Vertx vertx, ApiResponse document) {
        this.document = document;
        this.maker = vertx.createSharedWorkerExecutor("frankfurter", 1);
    }

    /** Whether a path is one of these, whatever follows. */
    public static boolean at(String path) {
        return FrankfurterTarget.at(path);
    }

    /**
     * Answers a GET.
     *
     * @param done completes when the answer is sent, or nobody is left to take it
     * @return fails with a {@link FrankfurterError}
     */
    public Future<ApiResponse> get(Asked asked, BookView book, Future<?> done) {
        try {
            FrankfurterTarget target = FrankfurterTarget.of(asked.path());
            if (target instanceof FrankfurterTarget.Root) {
                return Future.succeededFuture(root);
            }
            if (target instanceof FrankfurterTarget.Document) {
                return Future.succeededFuture(document);
            }
            FrankfurterQuery query = FrankfurterQuery.read(asked.query());
            RateHistory days = book.history();
            if (days.days() == 0) {
                throw later(ProblemCode.NO_RATES_YET, "no rates have reached this node since its start");
            }
            if (target instanceof FrankfurterTarget.Range range) {
                return range(days, new Key(range, query, asked.today()), done);
            }
            return Future.succeededFuture(
                    target instanceof FrankfurterTarget.Names
                            ? CurrencyNames.answer(days)
                            : day(
                                    days,
                                    query,
                                    target instanceof FrankfurterTarget.Day day ? day.date() : asked.today(),
                                    asked));
        } catch (FrankfurterError refusal) {
            return Future.failedFuture(refusal);
        }
    }

    private static ApiResponse day(RateHistory days, FrankfurterQuery query, LocalDate date, Asked asked) {
        LocalDate day = days.lastDay(Currencies.EURO, Currencies.EURO, date).orElseThrow(FrankfurterError::notFound);
        DayWriter writer = new DayWriter(days, query);
        StringBuilder json = writer.begin(new StringBuilder(1024));
        json.append(",\"date\":\"").append(day).append("\",\"rates\":");
        if (!writer.append(json, day)) {
            throw FrankfurterError.notFound();
        }
        return FrankfurterResponse.of(
                json.append('}'), SettledDays.settled(days, day.plusDays(1), date, asked.today()));
    }

    private Future<ApiResponse> range(RateHistory days, Key key, Future<?> done) {
        RangeMaker range = new RangeMaker(days, key.query(), key.range(), key.today());
        long bytes = range.chars();
        if (underWay + bytes > MAX_BYTES_UNDER_WAY) {
            throw tooBusy();
        }
        Future<ApiResponse> making = made.get(days, key, () -> maker.executeBlocking(range::answer, false))
                .orElseThrow(Frankfurter::tooBusy);
        underWay += bytes;
        done.onComplete(ignored -> underWay -= bytes);
        return making;
    }

    private static FrankfurterError tooBusy() {
        return later(ProblemCode.TOO_BUSY, "too many ranges are on their way at once");
    }

    private static FrankfurterError later(ProblemCode code, String detail) {
        return FrankfurterError.of(Problem.later(code, detail));
    }
}
