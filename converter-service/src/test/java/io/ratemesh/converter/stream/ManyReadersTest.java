package io.ratemesh.converter.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.converter.RawConnection;
import io.ratemesh.converter.TestBooks;
import io.ratemesh.converter.TestConverter;
import io.ratemesh.model.Currencies;
import io.ratemesh.model.Currency;
import io.ratemesh.model.RateBook;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Three hundred readers, of which thirty stall. */
class ManyReadersTest {

    private static final int READERS = 300;
    private static final int STUCK = 30;
    private static final int UPDATES = 20;

    @Test
    void every_reader_gets_every_version_once_and_in_order() {
        List<RawConnection> steady = new ArrayList<>();
        List<RawConnection> stuck = new ArrayList<>();
        try (TestConverter converter = TestConverter.start()) {
            RateBook first = converter.publish(rates("1.0"));
            try {
                for (int i = 0; i < READERS; i++) {
                    (i < STUCK ? stuck : steady)
                            .add(i < STUCK ? RawConnection.narrow(converter.port()) : converter.connect());
                }
                steady.forEach(reader -> ask(reader, "?pairs=EUR/USD,EUR/JPY"));
                stuck.forEach(reader -> ask(reader, ""));
                List<Long> versions = new ArrayList<>(List.of(first.version()));
                for (int update = 1; update <= UPDATES; update++) {
                    versions.add(converter.publish(rates("1." + update + "1")).version());
                }

                String last = "data: {\"version\":" + versions.get(UPDATES);
                for (RawConnection reader : steady) {
                    assertThat(ids(reader.readUntil(last))).isEqualTo(versions);
                }
                assertThat(open(converter)).isEqualTo(READERS);
            } finally {
                steady.forEach(RawConnection::close);
                stuck.forEach(RawConnection::close);
            }
            await().until(() -> open(converter) == 0);
        }
    }

    private static void ask(RawConnection reader, String query) {
        reader.send("GET /api/v1/stream" + query + " HTTP/1.1\nHost: test\n\n");
        reader.readUntil("retry: 2000\n\n");
    }

    private static List<Long> ids(String text) {
        return text.lines()
                .filter(line -> line.startsWith("id: "))
                .map(line -> Long.parseLong(line.substring("id: ".length())))
                .toList();
    }

    private static int open(TestConverter converter) {
        return converter
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("ratemesh_converter_streams "))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }

    private static TestBooks rates(String rate) {
        TestBooks books = TestBooks.book();
        for (Currency currency : Currencies.all()) {
            if (!currency.code().equals(Currencies.EURO)) {
                books.ecb(currency.code(), rate);
            }
        }
        return books;
    }
}
