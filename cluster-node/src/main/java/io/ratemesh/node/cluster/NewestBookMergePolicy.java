package io.ratemesh.node.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import io.ratemesh.model.RateBookCodec;
import org.jspecify.annotations.Nullable;

/** Keeps the book with the higher version when a split cluster heals. */
public final class NewestBookMergePolicy implements SplitBrainMergePolicy<String, MergingValue<String>, String> {

    @Override
    public @Nullable String merge(MergingValue<String> merging, @Nullable MergingValue<String> existing) {
        String mergingBook = merging.getValue();
        String existingBook = existing == null ? null : existing.getValue();
        return version(mergingBook) > version(existingBook) ? mergingBook : existingBook;
    }

    private static long version(@Nullable String book) {
        try {
            return book == null ? -1 : RateBookCodec.decode(book).version();
        } catch (IllegalArgumentException e) {
            return -1;
        }
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
