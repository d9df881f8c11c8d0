package io.ratemesh.converter.frankfurter;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.TestBooks;
import io.ratemesh.converter.TestConverter;
import io.ratemesh.converter.book.BookView;
import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.model.history.BundledHistory;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RangesUnderWayTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

    @Test
    void only_so_much_is_on_its_way_at_once_and_what_was_taken_makes_room() {
        Vertx vertx = Vertx.vertx();
        try {
            BookView book = new BookView(TestBooks.example().version(1), BundledHistory.load());
            Frankfurter frankfurter = new Frankfurter(vertx, ApiResponse.empty(List.of()));
            Promise<Void> first = Promise.promise();
            List<Future<ApiResponse>> answers = new ArrayList<>();
            answers.add(frankfurter.get(everything(1), book, first.future()));
            int taken = 1;
            Future<ApiResponse> next =
                    frankfurter.get(everything(2), book, Promise.promise().future());
            while (!refused(next)) {
                taken++;
                next = frankfurter.get(
                        everything(taken + 1), book, Promise.promise().future());
            }

            assertThat(taken).isBetween(4, 16);
            first.complete();
            assertThat(refused(frankfurter.get(
                            everything(99), book, Promise.promise().future())))
                    .isFalse();
            assertThat(TestConverter.awaited(answers.get(0)).body().length()).isLessThan(8 * 1024 * 1024);
        } finally {
            TestConverter.awaited(vertx.close());
        }
    }

    private static boolean refused(Future<ApiResponse> answer) {
        return answer.failed()
                && answer.cause() instanceof FrankfurterError refusal
                && refusal.answer().status() == 503;
    }

    private static Frankfurter.Asked everything(int amount) {
        return new Frankfurter.Asked("/v1/1999-01-04..", "base=USD&amount=" + amount, TODAY);
    }
}
