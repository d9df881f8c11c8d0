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
    void any_hour_travels_without_loss(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        HourOfMinutes any = HourOfMinutesTest.any(random.nextLong(1L << 31), random);

        assertThat(HourCodec.decode(HourCodec.encode(any))).isEqualTo(any);
    }

    @Test
    void the_extremes_travel() {
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
    void bytes_torn_anywhere_are_refused() {
        byte[] whole = HourCodec.encode(HOUR);

        for (int length = 0; length < whole.length; length++) {
            byte[] torn = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> HourCodec.decode(torn))
                    .as("torn at %s", length)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("an hour of minutes");
        }
    }

    @Test
    void any_one_bit_altered_is_refused() {
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
    void days_are_no_minutes() {
        assertThatThrownBy(() -> HourCodec.decode(HistoryCodec.encode(RateHistory.EMPTY)))
                .hasMessage("another format (expected: RMM1)");
        assertThatThrownBy(() -> HistoryCodec.decode(HourCodec.encode(HOUR)))
                .hasMessage("another format (expected: RMH1)");
    }

    @Test
    void a_count_that_is_a_lie_costs_no_memory() {
        VarintWriter out = ChecksummedBytes.begin("RMM1");
        out.unsigned(300);
        out.unsigned(0);
        out.unsigned(Integer.MAX_VALUE);

        assertThatThrownBy(() -> HourCodec.decode(ChecksummedBytes.seal(out)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("currencies: 2147483647 (expected: at most 5)");
    }

    @Test
    void a_made_up_point_in_a_minute_without_one_is_refused() {
        VarintWriter out = ChecksummedBytes.begin("RMM1");
        out.unsigned(300);
        out.unsigned(1);
        out.unsigned(0);

        assertThatThrownBy(() -> HourCodec.decode(ChecksummedBytes.seal(out)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("simulated");
    }

    /** Whoever signs anything at all gets an hour that is one, or a refusal: no other error, no memory eaten. */
    @ParameterizedTest
    @MethodSource("seeds")
    void nonsense_with_a_good_checksum_is_refused_or_is_an_hour(long seed) {
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
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageMatching("(?s).+");
            }
        }
    }
}
