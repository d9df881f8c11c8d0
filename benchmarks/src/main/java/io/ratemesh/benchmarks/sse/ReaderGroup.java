package io.ratemesh.benchmarks.sse;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.ratemesh.benchmarks.cluster.Market;
import io.ratemesh.benchmarks.load.ConnectionGroup;

/** All readers. */
final class ReaderGroup implements AutoCloseable {

    /** Of one that will stop to read: so that little of what it leaves fits into this side's kernel. */
    private static final int NARROW_BYTES = 4096;

    private final SsePlan plan;
    private final Updates updates;
    private final SseReader.Tally tally = new SseReader.Tally();
    private final ConnectionGroup crowd = new ConnectionGroup();

    ReaderGroup(SsePlan plan, Updates updates) {
        this.plan = plan;
        this.updates = updates;
    }

    SseReader.Tally tally() {
        return tally;
    }

    /** Connects all, as fast as the server takes them. */
    void connect(int port) {
        crowd.connect(port, plan.readers(), this::bootstrap);
    }

    /** From now on the slow ones take nothing. */
    void stall() {
        crowd.channels()
                .subList(0, plan.slow())
                .forEach(channel -> channel.config().setAutoRead(false));
    }

    @Override
    public void close() {
        crowd.close();
    }

    private Bootstrap bootstrap(int reader) {
        boolean steady = reader >= plan.slow();
        Bootstrap bootstrap =
                crowd.bootstrap().handler(new SseReader(Market.target(reader, !steady), steady, updates, tally));
        return steady ? bootstrap : bootstrap.option(ChannelOption.SO_RCVBUF, NARROW_BYTES);
    }
}
