package io.ratemesh.model.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HistoryCodecTest {

    private static final RateHistory LEARNT = RateHistory.of(RateHistoryTest.anyDays(7));

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void any_history_is_decoded_without_loss(long seed) {
        RateHistory any = RateHistory.of(RateHistoryTest.anyDays(seed));

        assertThat(HistoryCodec.decode(HistoryCodec.encode(any))).isEqualTo(any);
    }

    @Test
    void an_empty_history_is_decoded() {
        assertThat(HistoryCodec.decode(HistoryCodec.encode(RateHistory.EMPTY))).isEqualTo(RateHistory.EMPTY);
    }

    @Test
    void the_extremes_are_decoded() {
        RateHistory extremes = RateHistory.of(List.of(
                new HistoryDay(LocalDate.ofEpochDay(Integer.MIN_VALUE), Map.of("AAA", new BigDecimal("0.000000001"))),
                new HistoryDay(
                        LocalDate.ofEpochDay(Integer.MAX_VALUE),
                        Map.of("AAA", new BigDecimal("99999999.999999999"), "ZZZ", BigDecimal.ONE))));

        assertThat(HistoryCodec.decode(HistoryCodec.encode(extremes))).isEqualTo(extremes);
    }

    @Test
    void the_bytes_are_the_ones_documented() {
        LocalDate day = LocalDate.ofEpochDay(0);
        RateHistory two = RateHistory.of(List.of(
                new HistoryDay(day, Map.of("USD", new BigDecimal("1.14"))),
                new HistoryDay(day.plusDays(3), Map.of("USD", new BigDecimal("1.1")))));

        // 2 days, 2^31 and 3; 1 currency, from index 0, 2 days, 2 decimals; 1 + 2 × 114 (two bytes); 1 + (2 × 4 - 1).
        byte[] body = {'R', 'M', 'H', '1', 2, -128, -128, -128, -128, 8, 3, 1, 'U', 'S', 'D', 0, 2, 2, (byte) 229, 1, 8
        };

        assertThat(HistoryCodec.encode(two)).isEqualTo(signed(body));
    }

    @Test
    void bytes_truncated_anywhere_are_rejected() {
        byte[] whole = HistoryCodec.encode(LEARNT);

        for (int length = 0; length < whole.length; length++) {
            byte[] truncated = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> HistoryCodec.decode(truncated))
                    .as("truncated at %s", length)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void any_one_bit_altered_is_rejected() {
        byte[] whole = HistoryCodec.encode(LEARNT);

        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] altered = whole.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> HistoryCodec.decode(altered))
                    .as("bit %s", bit)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void the_bundled_history_truncated_or_altered_is_rejected() {
        byte[] whole = HistoryCodec.encode(BundledHistory.load());
        SplittableRandom random = new SplittableRandom(1);

        for (int i = 0; i < 100; i++) {
            byte[] truncated = Arrays.copyOf(whole, random.nextInt(whole.length));
            byte[] altered = whole.clone();
            altered[random.nextInt(whole.length)] ^= (byte) random.nextInt(1, 256);
            assertThatThrownBy(() -> HistoryCodec.decode(truncated)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> HistoryCodec.decode(altered)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void two_histories_written_one_after_the_other_are_rejected() {
        byte[] whole = HistoryCodec.encode(LEARNT);
        byte[] twice =
                ByteBuffer.allocate(2 * whole.length).put(whole).put(whole).array();

        assertThatThrownBy(() -> HistoryCodec.decode(twice)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Any bytes with a valid checksum are a history or are rejected, without any other error. */
    @ParameterizedTest
    @MethodSource("seeds")
    void random_bytes_with_a_valid_checksum_are_rejected_or_are_a_history(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] whole = HistoryCodec.encode(LEARNT);
        for (int i = 0; i < 50; i++) {
            byte[] body = Arrays.copyOf(whole, random.nextInt(4, whole.length - 3));
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            try {
                RateHistory read = HistoryCodec.decode(signed(body));
                assertThat(HistoryCodec.decode(HistoryCodec.encode(read))).isEqualTo(read);
            } catch (IllegalArgumentException rejected) {
                assertThat(rejected).hasMessageMatching("(?s).+");
            }
        }
    }

    private static byte[] signed(byte[] body) {
        CRC32C crc = new CRC32C();
        crc.update(body);
        return ByteBuffer.allocate(body.length + 4)
                .put(body)
                .putInt((int) crc.getValue())
                .array();
    }
}
