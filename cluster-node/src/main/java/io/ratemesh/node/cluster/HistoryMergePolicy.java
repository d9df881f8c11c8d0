package io.ratemesh.node.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingEntry;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import io.ratemesh.model.history.HistoryCodec;
import io.ratemesh.model.history.HourCodec;
import org.jspecify.annotations.Nullable;

/** When two halves of a cluster find together, they know the days and the minutes of both. */
public final class HistoryMergePolicy implements SplitBrainMergePolicy<byte[], MergingEntry<String, byte[]>, byte[]> {

    @Override
    public byte[] merge(MergingEntry<String, byte[]> merging, @Nullable MergingEntry<String, byte[]> existing) {
        byte[] ours = merging.getValue();
        if (existing == null) {
            return ours;
        }
        try {
            return both(merging.getKey(), existing.getValue(), ours);
        } catch (IllegalArgumentException e) {
            // Whoever publishes next replaces what cannot be read.
            return existing.getValue();
        }
    }

    private static byte[] both(String key, byte[] existing, byte[] merging) {
        return HazelcastSetup.LEARNT_DAYS.equals(key)
                ? HistoryCodec.encode(HistoryCodec.decode(existing).overlaid(HistoryCodec.decode(merging)))
                : HourCodec.encode(HourCodec.decode(existing).plus(HourCodec.decode(merging)));
    }

    @Override
    public void writeData(ObjectDataOutput out) {
        // It has no state.
    }

    @Override
    public void readData(ObjectDataInput in) {
        // It has no state.
    }
}
