package io.ratemesh.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateBooksCodecTest {

    private static final Instant T = Instant.parse("2026-07-06T14:00:00Z");
    private static final int PLENTY = 1 << 20;

    @Test
    void the_text_is_the_one_documented() {
        RateBook first = new RateBook(5, Map.of("USD", rate("1.1415"), "TRY", rate("53.4222")));
        RateBook second = new RateBook(9, Map.of("USD", rate("1.1416")));

        assertThat(RateBooksCodec.encode(List.of(first, second), PLENTY))
                .matches("ratemesh-books 1\nversion 5\n"
                        + "TRY 53.4222 ecb 2026-07-06T14:00:00Z 2026-07-06T14:00:01Z\n"
                        + "USD 1.1415 ecb 2026-07-06T14:00:00Z 2026-07-06T14:00:01Z\n"
                        + "version 9\nUSD 1.1416 ecb 2026-07-06T14:00:00Z 2026-07-06T14:00:01Z\n-TRY\n"
                        + "crc32c [0-9a-f]{1,8}\n");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void any_books_are_decoded_without_loss(long seed) {
        List<RateBook> books = books(new SplittableRandom(seed), 60);

        assertThat(RateBooksCodec.decode(RateBooksCodec.encode(books, PLENTY))).isEqualTo(books);
    }

    @Test
    void an_empty_list_of_books_is_decoded() {
        assertThat(RateBooksCodec.decode(RateBooksCodec.encode(List.of(), PLENTY)))
                .isEmpty();
    }

    @Test
    void if_not_all_fit_the_newest_are_kept() {
        List<RateBook> books = books(new SplittableRandom(1), 60);

        String text = RateBooksCodec.encode(books, 2000);

        List<RateBook> arrived = RateBooksCodec.decode(text);
        assertThat(arrived).hasSizeBetween(2, 59).isEqualTo(books.subList(60 - arrived.size(), 60));
    }

    @Test
    void a_text_truncated_at_any_byte_is_rejected() {
        String whole = RateBooksCodec.encode(books(new SplittableRandom(1), 4), PLENTY);

        for (int length = 0; length < whole.length(); length++) {
            String truncated = whole.substring(0, length);
            assertThatThrownBy(() -> RateBooksCodec.decode(truncated)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ratemesh-book 1\nversion 5\n",
                "ratemesh-books 1\nversion five\n",
                "ratemesh-books 1\nversion 5\nversion 5\n",
                "ratemesh-books 1\nversion 5\nversion 4\n",
                "ratemesh-books 1\nversion 5\nUSD 1\n",
                "ratemesh-books 1\nversion 5\nUSD 1 ecb today 2026-07-07T16:00:00Z\n"
            })
    void a_text_of_another_format_is_rejected_even_if_its_checksum_holds(String body) {
        String sealed = ChecksummedLines.seal(new StringBuilder(body));

        assertThatThrownBy(() -> RateBooksCodec.decode(sealed)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<RateBook> books(SplittableRandom random, int count) {
        List<String> codes = List.of("USD", "JPY", "GBP", "TRY", "HUF");
        Map<String, Rate> rates = new HashMap<>();
        List<RateBook> books = new ArrayList<>();
        long version = 1;
        for (int i = 0; i < count; i++) {
            String code = codes.get(random.nextInt(codes.size()));
            if (random.nextInt(4) == 0) {
                rates.remove(code);
            } else {
                rates.put(code, rate(random.nextInt(1, 100) + ".50"));
            }
            version += random.nextInt(1, 5000);
            books.add(new RateBook(version, rates));
        }
        return books;
    }

    private static Rate rate(String perEuro) {
        return new Rate(new BigDecimal(perEuro), "ecb", T, T.plusSeconds(1));
    }
}
