package io.ratemesh.model.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HourCodecTest {

    private static final HourOfMinutes HOUR = HourOfMinutesTest.any(HourOfMinutesTest.HOUR, new SplittableRandom(3));

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void any_hour_is_decoded_without_loss(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        HourOfMinutes any = HourOfMinutesTest.any(random.nextLong(1L << 31), random);

        assertThat(HourCodec.decode(HourCodec.encode(any))).isEqualTo(any);
    }

    @Test
    void the_extremes_are_decoded() {
        HourOfMinutes last = HourOfMinutes.empty(Integer.MAX_VALUE)
                .with(0, HourOfMinutesTest.rates("AAA", "0.000000001"), true)
                .with(59, HourOfMinutesTest.rates("AAA", "99999999.99", "ZZZ", "1"), true);

        assertThat(HourCodec.decode(HourCodec.encode(last))).isEqualTo(last);
        assertThat(HourCodec.decode(HourCodec.encode(HourOfMinutes.empty(0)))).isEqualTo(HourOfMinutes.empty(0));
    }

    @Test
    void the_bytes_are_the_ones_documented() {
        HourOfMinutes two = HourOfMinutes.empty(300)
                .with(3, HourOfMinutesTest.rates("USD", "1.14"), false)
                .with(5, HourOfMinutesTest.rates("USD", "1.1"), true);

        // Hour 300, bit 5; 1 currency, from minute 3, 3 minutes, 2 decimals; 1 + 2 × 114; none; 1 + (2 × 4 - 1).
        assertThat(HourCodec.encode(two)).startsWith(new byte[] {
            'R', 'M', 'M', '1', (byte) 172, 2, 32, 1, 'U', 'S', 'D', 3, 3, 2, (byte) 229, 1, 0, 8
        });
        assertThat(HourCodec.encode(two)).hasSize(18 + 4);
    }

    @Test
    void bytes_truncated_anywhere_are_rejected() {
        byte[] whole = HourCodec.encode(HOUR);

        for (int length = 0; length < whole.length; length++) {
            byte[] truncated = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> HourCodec.decode(truncated))
                    .as("truncated at %s", length)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("an hour of minutes");
        }
    }

    @Test
    void any_one_bit_altered_is_rejected() {
        byte[] whole = HourCodec.encode(HOUR);

        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] altered = whole.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> HourCodec.decode(altered))
                    .as("bit %s", bit)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void days_are_not_minutes() {
        assertThatThrownBy(() -> HourCodec.decode(HistoryCodec.encode(RateHistory.EMPTY)))
                .hasMessage("another format; must be RMM1");
        assertThatThrownBy(() -> HistoryCodec.decode(HourCodec.encode(HOUR)))
                .hasMessage("another format; must be RMH1");
    }

    @Test
    void a_wrong_count_allocates_no_memory() {
        VarintWriter out = ChecksummedBytes.begin("RMM1");
        out.unsigned(300);
        out.unsigned(0);
        out.unsigned(Integer.MAX_VALUE);

        assertThatThrownBy(() -> HourCodec.decode(ChecksummedBytes.seal(out)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("currencies: 2147483647; must be at most 5");
    }

    @Test
    void a_simulated_minute_without_rates_is_rejected() {
        VarintWriter out = ChecksummedBytes.begin("RMM1");
        out.unsigned(300);
        out.unsigned(1);
        out.unsigned(0);

        assertThatThrownBy(() -> HourCodec.decode(ChecksummedBytes.seal(out)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("simulated");
    }

    /** Any bytes with a valid checksum are an hour or are rejected, without any other error. */
    @ParameterizedTest
    @MethodSource("seeds")
    void random_bytes_with_a_valid_checksum_are_rejected_or_are_an_hour(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] whole = HourCodec.encode(HOUR);
        for (int i = 0; i < 50; i++) {
            byte[] body = Arrays.copyOfRange(whole, 4, random.nextInt(5, whole.length - 3));
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            VarintWriter out = ChecksummedBytes.begin("RMM1");
            for (byte b : body) {
                out.ascii(String.valueOf((char) (b & 0xff)));
            }
            try {
                HourOfMinutes read = HourCodec.decode(ChecksummedBytes.seal(out));
                assertThat(HourCodec.decode(HourCodec.encode(read))).isEqualTo(read);
            } catch (IllegalArgumentException rejected) {
                assertThat(rejected).hasMessageMatching("(?s).+");
            }
        }
    }
}
