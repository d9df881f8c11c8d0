package io.ratemesh.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateBookCodecTest {

    private static final Instant T = Instant.parse("2026-07-06T14:00:00Z");
    private static final Instant STALE_AT = Instant.parse("2026-07-07T16:00:00Z");

    private final RateBook book = new RateBook(
            1783346400000L,
            Map.of(
                    "USD", new Rate(new BigDecimal("1.1415"), "ecb", T, STALE_AT),
                    "HUF", new Rate(new BigDecimal("353.50"), "open-er-api", T.plusNanos(1), STALE_AT),
                    "XAU",
                            new Rate(
                                    new BigDecimal("0.000243000"),
                                    "simulated",
                                    T,
                                    Instant.parse("+12026-01-01T00:00:00Z"))));

    @Test
    void the_text_is_the_one_documented() {
        RateBook one =
                new RateBook(1783346400000L, Map.of("USD", new Rate(new BigDecimal("1.1415"), "ecb", T, STALE_AT)));

        assertThat(RateBookCodec.encode(one))
                .matches("ratemesh-book 1\nversion 1783346400000\n"
                        + "USD 1\\.1415 ecb 2026-07-06T14:00:00Z 2026-07-07T16:00:00Z\ncrc32c [0-9a-f]{1,8}\n");
    }

    @Test
    void a_book_is_decoded_without_loss_trailing_zeros_included() {
        assertThat(RateBookCodec.decode(RateBookCodec.encode(book))).isEqualTo(book);
    }

    @Test
    void an_empty_book_is_decoded() {
        assertThat(RateBookCodec.decode(RateBookCodec.encode(RateBook.EMPTY))).isEqualTo(RateBook.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void any_book_is_decoded_without_loss(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Rate> rates = new HashMap<>();
        for (Currency currency : Currencies.all()) {
            if (!currency.code().equals(Currencies.EURO)) {
                BigDecimal perEuro = BigDecimal.valueOf(random.nextLong(1, Long.MAX_VALUE), random.nextInt(0, 19));
                Instant asOf =
                        Instant.ofEpochSecond(random.nextLong(0, 4_000_000_000L), random.nextInt(0, 1_000_000_000));
                rates.put(currency.code(), new Rate(perEuro, "feed-" + random.nextInt(9), asOf, asOf.plusMillis(7)));
            }
        }
        RateBook any = new RateBook(random.nextLong(0, Long.MAX_VALUE), rates);

        assertThat(RateBookCodec.decode(RateBookCodec.encode(any))).isEqualTo(any);
    }

    @Test
    void a_book_truncated_at_any_byte_is_rejected() {
        String whole = RateBookCodec.encode(book);

        for (int length = 0; length < whole.length(); length++) {
            String truncated = whole.substring(0, length);
            assertThatThrownBy(() -> RateBookCodec.decode(truncated))
                    .as("truncated at %s", length)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_book_with_any_one_character_altered_is_rejected() {
        String whole = RateBookCodec.encode(book);

        for (int at = 0; at < whole.length(); at++) {
            char altered = whole.charAt(at) == '7' ? '8' : '7';
            String text = whole.substring(0, at) + altered + whole.substring(at + 1);
            assertThatThrownBy(() -> RateBookCodec.decode(text))
                    .as("altered at %s", at)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void two_books_written_one_after_the_other_are_rejected() {
        String whole = RateBookCodec.encode(book);

        assertThatThrownBy(() -> RateBookCodec.decode(whole + whole)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void words_that_a_later_release_adds_to_a_rate_are_ignored() {
        String body =
                "ratemesh-book 1\nversion 5\nUSD 1.1415 ecb 2026-07-06T14:00:00Z 2026-07-07T16:00:00Z bid=1.14 x\n";

        assertThat(RateBookCodec.decode(signed(body)))
                .isEqualTo(new RateBook(5, Map.of("USD", new Rate(new BigDecimal("1.1415"), "ecb", T, STALE_AT))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "ratemesh-book 2\nversion 5\n",
                "ratemesh-book 1\n",
                "ratemesh-book 1\nversion\n",
                "ratemesh-book 1\nversion five\n",
                "ratemesh-book 1\nversion -5\n",
                "ratemesh-book 1\nversion 5\nUSD 1.1415 ecb 2026-07-06T14:00:00Z\n",
                "ratemesh-book 1\nversion 5\nUSD one ecb 2026-07-06T14:00:00Z 2026-07-07T16:00:00Z\n",
                "ratemesh-book 1\nversion 5\nUSD 0 ecb 2026-07-06T14:00:00Z 2026-07-07T16:00:00Z\n",
                "ratemesh-book 1\nversion 5\nUSD 1 ecb today 2026-07-07T16:00:00Z\n",
                "ratemesh-book 1\nversion 5\nEUR 1 ecb 2026-07-06T14:00:00Z 2026-07-07T16:00:00Z\n"
            })
    void a_text_of_another_format_is_rejected_even_if_its_checksum_holds(String body) {
        assertThatThrownBy(() -> RateBookCodec.decode(signed(body))).isInstanceOf(IllegalArgumentException.class);
    }

    private static String signed(String body) {
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(UTF_8));
        return body + "crc32c " + Long.toHexString(crc.getValue()) + "\n";
    }
}
