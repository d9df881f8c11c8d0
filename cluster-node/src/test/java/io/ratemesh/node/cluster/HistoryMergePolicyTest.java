package io.ratemesh.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.spi.merge.MergingEntry;
import io.ratemesh.model.history.HistoryCodec;
import io.ratemesh.model.history.HistoryDay;
import io.ratemesh.model.history.HourCodec;
import io.ratemesh.model.history.HourOfMinutes;
import io.ratemesh.model.history.RateHistory;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryMergePolicyTest {

    private static final HistoryMergePolicy POLICY = new HistoryMergePolicy();
    private static final LocalDate DAY = LocalDate.of(2026, 7, 6);

    @Test
    void the_minutes_of_both_halves_are_kept() {
        byte[] merged = POLICY.merge(
                new Half("495000", HourCodec.encode(hour(1))), new Half("495000", HourCodec.encode(hour(2))));

        assertThat(HourCodec.decode(merged)).isEqualTo(hour(1).plus(hour(2)));
    }

    @Test
    void the_days_of_both_halves_are_kept() {
        RateHistory next = days(DAY.plusDays(1));

        byte[] merged = POLICY.merge(
                new Half("days", HistoryCodec.encode(days(DAY))), new Half("days", HistoryCodec.encode(next)));

        assertThat(HistoryCodec.decode(merged)).isEqualTo(days(DAY).overlaid(next));
    }

    @Test
    void what_only_one_half_has_is_kept() {
        byte[] bytes = HourCodec.encode(hour(1));

        assertThat(POLICY.merge(new Half("495000", bytes), null)).isEqualTo(bytes);
    }

    @Test
    void what_cannot_be_read_changes_nothing() {
        byte[] bytes = HourCodec.encode(hour(1));

        assertThat(POLICY.merge(new Half("495000", new byte[] {1}), new Half("495000", bytes)))
                .isEqualTo(bytes);
    }

    private static RateHistory days(LocalDate day) {
        return RateHistory.of(List.of(new HistoryDay(day, Map.of("USD", new BigDecimal("1.1")))));
    }

    private static HourOfMinutes hour(int minute) {
        return HourOfMinutes.empty(495_000).with(minute, Map.of("USD", new BigDecimal("1.1")), false);
    }

    /** An entry as one half of a cluster has it. */
    private static final class Half implements MergingEntry<String, byte[]> {

        private final String key;
        private final byte[] value;

        Half(String key, byte[] value) {
            this.key = key;
            this.value = value;
        }

        @Override
        public String getKey() {
            return key;
        }

        @Override
        public Object getRawKey() {
            return key;
        }

        @Override
        public byte[] getValue() {
            return value;
        }

        @Override
        public Object getRawValue() {
            return value;
        }
    }
}
