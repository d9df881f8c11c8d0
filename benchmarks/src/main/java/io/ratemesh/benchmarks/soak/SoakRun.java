package io.ratemesh.benchmarks.soak;

import io.ratemesh.benchmarks.load.LoadPlan;
import io.ratemesh.benchmarks.load.Wrk;
import io.ratemesh.benchmarks.peer.RatemeshBalancer;
import io.ratemesh.benchmarks.peer.Stubs;
import io.ratemesh.benchmarks.process.LiveHeap;
import io.ratemesh.benchmarks.process.MemoryTrend;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Loads one front door slice after slice, and looks at its memory after each. */
final class SoakRun {

    /** As the JDK counts them; what Netty takes past it is in the resident memory only. */
    private static final String DIRECT = "jvm_buffer_memory_used_bytes{id=\"direct\"}";

    private final SoakPlan plan;
    private final ServerProcess door;
    private final int metricsPort;
    private final Path folder;
    private final PrintStream progress;
    private final MemoryTrend resident = new MemoryTrend();
    private final MemoryTrend heap = new MemoryTrend();
    private final MemoryTrend direct = new MemoryTrend();

    /**
     * A run on one that serves.
     *
     * @param metricsPort of it
     * @param folder where a script may lie
     */
    SoakRun(SoakPlan plan, ServerProcess door, int metricsPort, Path folder, PrintStream progress) {
        this.plan = plan;
        this.door = door;
        this.metricsPort = metricsPort;
        this.folder = folder;
        this.progress = progress;
    }

    /** Sends all. */
    SoakReport run(List<String> says) {
        long sent = 0;
        long bodies = 0;
        long gone;
        try (AbortingClients quitters = new AbortingClients(door.port())) {
            for (int slice = 1; sent < plan.requests(); slice++) {
                boolean withBodies = slice % SoakPlan.SLICES_PER_BODIES == 0;
                long before = sent;
                sent += load(withBodies);
                bodies += withBodies ? sent - before : 0;
                look((double) before / plan.requests());
                tell(before, sent);
            }
            gone = quitters.gone();
        }
        return new SoakReport(says, sent, bodies, gone, resident, heap, direct, errors());
    }

    private long load(boolean withBodies) {
        return withBodies
                ? Wrk.post(
                                new LoadPlan(RatemeshBalancer.PATH + Stubs.UPLOAD, plan.connections()),
                                SoakPlan.BODY_BYTES,
                                folder,
                                door.port(),
                                plan.seconds())
                        .requests()
                : Wrk.run(new LoadPlan(RatemeshBalancer.TARGET, plan.connections()), door.port(), plan.seconds())
                        .requests();
    }

    private void look(double share) {
        resident.note(share, door.usage().residentBytes());
        direct.note(share, (long) door.metrics(metricsPort).value(DIRECT));
        LiveHeap.bytes(door, metricsPort).ifPresent(bytes -> heap.note(share, bytes));
    }

    private void tell(long before, long sent) {
        int tenth = MemoryTrend.tenth((double) sent / plan.requests());
        if (tenth > MemoryTrend.tenth((double) before / plan.requests()) || sent >= plan.requests()) {
            progress.println(sent + " requests");
        }
    }

    private List<String> errors() {
        try (Stream<String> lines = Files.lines(door.log())) {
            return lines.filter(line -> line.contains(" ERROR ")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
