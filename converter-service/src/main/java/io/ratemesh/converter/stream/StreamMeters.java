package io.ratemesh.converter.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;

/** The metrics of streams. */
final class StreamMeters {

    private final Counter delivered;
    private final Counter conflated;
    private final Counter stalled;
    private final Counter resynced;

    StreamMeters(MeterRegistry registry, IntSupplier open) {
        Gauge.builder("ratemesh.converter.streams", () -> open.getAsInt())
                .description("Streams open")
                .register(registry);
        delivered = counter(registry, "updates.delivered", "Events with rates sent to readers, snapshots included");
        conflated = counter(registry, "updates.conflated", "Events that replaced several updates for a slow reader");
        stalled = counter(registry, "streams.stalled", "Streams closed because their client read nothing");
        resynced = counter(registry, "streams.resynced", "Reconnects outside the replay window");
    }

    void delivered(int events) {
        delivered.increment(events);
    }

    void conflated() {
        conflated.increment();
    }

    void stalled() {
        stalled.increment();
    }

    void resynced() {
        resynced.increment();
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder("ratemesh.converter." + name)
                .description(description)
                .register(registry);
    }
}
