package io.ratemesh.benchmarks.sse;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.ratemesh.benchmarks.cluster.BookGenerator;
import io.ratemesh.benchmarks.load.ConnectionGroup;

/** All readers of a benchmark. */
final class ReaderGroup implements AutoCloseable {

    /** The receive buffer of readers that stop reading: the kernel on this side must not buffer much for them. */
    private static final int SMALL_BUFFER_BYTES = 4096;

    private final SsePlan plan;
    private final UpdateTimings timings;
    private final SseReader.Counts counts = new SseReader.Counts();
    private final ConnectionGroup connections = new ConnectionGroup();

    ReaderGroup(SsePlan plan, UpdateTimings timings) {
        this.plan = plan;
        this.timings = timings;
    }

    SseReader.Counts counts() {
        return counts;
    }

    void connect(int port) {
        connections.connect(port, plan.readers(), this::bootstrap);
    }

    void stopSlowReaders() {
        connections
                .channels()
                .subList(0, plan.slow())
                .forEach(channel -> channel.config().setAutoRead(false));
    }

    @Override
    public void close() {
        connections.close();
    }

    private Bootstrap bootstrap(int reader) {
        boolean slow = reader < plan.slow();
        String target = BookGenerator.streamTarget(reader, slow);
        Bootstrap bootstrap = connections.bootstrap().handler(new SseReader(target, slow, timings, counts));
        return slow ? bootstrap.option(ChannelOption.SO_RCVBUF, SMALL_BUFFER_BYTES) : bootstrap;
    }
}
