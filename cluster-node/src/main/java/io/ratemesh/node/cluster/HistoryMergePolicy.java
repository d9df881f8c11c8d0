package io.ratemesh.node.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingEntry;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import io.ratemesh.model.history.HistoryCodec;
import io.ratemesh.model.history.HourCodec;
import org.jspecify.annotations.Nullable;

/** Merges the days and the minutes of both parts when a split cluster heals. */
public final class HistoryMergePolicy implements SplitBrainMergePolicy<byte[], MergingEntry<String, byte[]>, byte[]> {

    @Override
    public byte[] merge(MergingEntry<String, byte[]> merging, @Nullable MergingEntry<String, byte[]> existing) {
        byte[] merged = merging.getValue();
        if (existing == null) {
            return merged;
        }
        try {
            return merge(merging.getKey(), existing.getValue(), merged);
        } catch (IllegalArgumentException e) {
            // The next publication replaces an unreadable entry.
            return existing.getValue();
        }
    }

    private static byte[] merge(String key, byte[] existing, byte[] merging) {
        return HazelcastSetup.DAYS.equals(key)
                ? HistoryCodec.encode(HistoryCodec.decode(existing).overlaid(HistoryCodec.decode(merging)))
                : HourCodec.encode(HourCodec.decode(existing).plus(HourCodec.decode(merging)));
    }

    @Override
    public void writeData(ObjectDataOutput out) {
        // No state.
    }

    @Override
    public void readData(ObjectDataInput in) {
        // No state.
    }
}
