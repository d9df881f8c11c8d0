package io.ratemesh.benchmarks.start;

import io.ratemesh.benchmarks.cluster.BookGenerator;
import io.ratemesh.benchmarks.cluster.PublisherNode;
import io.ratemesh.benchmarks.cluster.ServiceJvm;
import io.ratemesh.benchmarks.process.Delay;
import io.ratemesh.benchmarks.process.FreePorts;
import io.ratemesh.benchmarks.process.ProcessUsage;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A cluster of two members in this JVM, one of which publishes a book, and of one program at a time, which joins it. */
final class JoiningNodes implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** The time until memory is read: the JIT compiler has finished what the start left to it. */
    private static final Duration SETTLE_TIME = Duration.ofSeconds(2);

    private final Path folder;
    private final List<String> settings;
    private final PublisherNode publisher;

    /** With two members before it, a node also waits for connections between the members. */
    private final PublisherNode companion;

    JoiningNodes(Path folder, List<String> more) {
        this.folder = folder;
        List<String> all = new ArrayList<>(List.of(
                "cluster.name=" + folder.getFileName(),
                "cluster.port=" + FreePorts.next(),
                "balancer.http.bind=127.0.0.1",
                "balancer.stats.port=" + FreePorts.next(),
                "rates.feeds=[{name: simulated}]"));
        all.addAll(more);
        settings = List.copyOf(all);
        publisher = PublisherNode.join(settings);
        companion = PublisherNode.join(settings);
        PublisherNode.await(publisher.publish(new BookGenerator().book(System.currentTimeMillis())));
    }

    /** Starts a program that writes an archive of its classes when it ends, and ends it. */
    void archive(NodeProgram program, Path archive) {
        try (ServerProcess process = start(program, List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds*=off"))) {
            program.paths().forEach(process::awaitReady);
            process.terminate();
        }
        awaitAlone();
    }

    /**
     * A start to be measured.
     *
     * @param archiveOptions of the JVM
     */
    record Start(NodeProgram program, List<String> archiveOptions) {

        Start {
            archiveOptions = List.copyOf(archiveOptions);
        }

        @Override
        public String toString() {
            return program.name();
        }
    }

    /** Starts a program, waits until it responds, and kills it. */
    StartCost measure(Start joining) {
        NodeProgram program = joining.program();
        long begin = System.nanoTime();
        try (ServerProcess process = start(program, joining.archiveOptions())) {
            program.paths().forEach(process::awaitReady);
            double seconds = (System.nanoTime() - begin) / 1e9;
            ProcessUsage usage = process.usage();
            Delay.sleep(SETTLE_TIME);
            return new StartCost(
                    seconds, usage.cpu().toNanos() / 1e9, process.usage().residentBytes());
        } finally {
            awaitAlone();
        }
    }

    @Override
    public void close() {
        companion.close();
        publisher.close();
    }

    private ServerProcess start(NodeProgram program, List<String> archiveOptions) {
        int port = FreePorts.next();
        List<String> options = new ArrayList<>(archiveOptions);
        options.addAll(program.options());
        List<String> own = new ArrayList<>(settings);
        own.add(program.portSetting() + "=" + port);
        return ServiceJvm.start(program.name(), program.jar(), options, own, port, folder);
    }

    /** The next node joins a cluster that has dealt with the loss of the last one. */
    private void awaitAlone() {
        if (!Delay.await(() -> publisher.members() == 2, TIMEOUT)) {
            throw new IllegalStateException("a member has not left the cluster within " + TIMEOUT.toSeconds() + " s");
        }
        Delay.sleep(Duration.ofMillis(500));
    }
}
