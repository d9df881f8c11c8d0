package io.ratemesh.benchmarks.sse;

import io.ratemesh.benchmarks.cluster.BenchCluster;
import io.ratemesh.benchmarks.cluster.BookGenerator;
import io.ratemesh.benchmarks.cluster.PublisherNode;
import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.process.ProcessUsage;
import io.ratemesh.model.RateBook;

/** The streams of one converter, which gets books from a publisher in this JVM. */
public final class ConverterStreams implements StreamServer {

    private final BenchCluster cluster;

    private ConverterStreams(BenchCluster cluster) {
        this.cluster = cluster;
    }

    /** Starts a converter with a first book. */
    public static ConverterStreams start(ServiceBuild services, BookGenerator books, long version) {
        return new ConverterStreams(BenchCluster.start(services, books, version, false));
    }

    @Override
    public String name() {
        return RatemeshBalancer.NAME;
    }

    @Override
    public String description() {
        return "one converter, which computes the rates of " + BookGenerator.SELECTIONS
                + " selections from each book and encodes their events";
    }

    @Override
    public int port() {
        return cluster.port();
    }

    @Override
    public String target(int reader) {
        return BookGenerator.streamTarget(reader, false);
    }

    @Override
    public String versionPrefix() {
        return EventIdParser.ID;
    }

    @Override
    public void publish(RateBook book) {
        // Of two books that are stored at the same time, only the newer one would be published.
        PublisherNode.await(cluster.publisher().publish(book));
    }

    @Override
    public ProcessUsage usage() {
        return cluster.usage();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
