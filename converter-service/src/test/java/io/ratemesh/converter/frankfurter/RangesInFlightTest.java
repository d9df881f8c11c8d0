package io.ratemesh.converter.frankfurter;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.TestBooks;
import io.ratemesh.converter.TestConverter;
import io.ratemesh.converter.book.BookView;
import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.Parameters;
import io.ratemesh.converter.http.ProblemException;
import io.ratemesh.converter.http.Query;
import io.ratemesh.converter.route.ResourceRequest;
import io.ratemesh.model.history.BundledHistory;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RangesInFlightTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void the_bytes_in_flight_are_limited_and_sent_ranges_are_released() {
        Vertx vertx = Vertx.vertx();
        try {
            BookView book = new BookView(TestBooks.example().version(1), BundledHistory.load());
            Frankfurter frankfurter = new Frankfurter(vertx);
            Promise<Void> first = Promise.promise();
            List<Future<ApiResponse>> responses = new ArrayList<>();
            responses.add(frankfurter.days(everything(book, 1), first.future()));
            Future<ApiResponse> next = get(frankfurter, everything(book, 2));
            while (!isRejected(next)) {
                responses.add(next);
                next = get(frankfurter, everything(book, responses.size() + 1));
            }

            assertThat(responses.size()).isBetween(4, 16);
            first.complete();
            responses.add(get(frankfurter, everything(book, 99)));
            assertThat(isRejected(responses.get(responses.size() - 1))).isFalse();
            // All are awaited, so that none is being made when Vert.x closes.
            assertThat(responses)
                    .allSatisfy(response -> assertThat(
                                    TestConverter.awaited(response).body().length())
                            .isLessThan(8 * 1024 * 1024));
        } finally {
            TestConverter.awaited(vertx.close());
        }
    }

    private static Future<ApiResponse> get(Frankfurter frankfurter, ResourceRequest request) {
        try {
            return frankfurter.days(request, Promise.<Void>promise().future());
        } catch (ProblemException e) {
            return Future.failedFuture(e);
        }
    }

    private static boolean isRejected(Future<ApiResponse> response) {
        return response.failed()
                && response.cause() instanceof ProblemException e
                && e.problem().code().status() == 503;
    }

    private static ResourceRequest everything(BookView book, int amount) {
        String query = "base=USD&amount=" + amount;
        return new ResourceRequest("/v1/1999-01-04..", query, Query.parse(query, Parameters.UNCHECKED), "", book, NOW);
    }
}
