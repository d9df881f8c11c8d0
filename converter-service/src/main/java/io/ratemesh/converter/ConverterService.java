package io.ratemesh.converter;

import io.ratemesh.node.NodeRole;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.lifecycle.NodeService;
import io.ratemesh.node.lifecycle.ServiceCommand;
import io.vertx.core.Future;
import io.vertx.micrometer.MetricsDomain;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A node that answers conversions and streams changes. */
public final class ConverterService implements NodeService {

    private @Nullable ConverterVerticle verticle;

    /** Runs a converter's process. */
    public static void main(String... args) {
        ServiceCommand.run(
                new ConverterService(), "Answers currency conversions over JSON and streams changes over SSE.", args);
    }

    @Override
    public NodeRole role() {
        return NodeRole.CONVERTER;
    }

    /** Requests are counted by {@link io.ratemesh.converter.api.ApiHandler}, once is enough: twice costs a tenth of a conversion. */
    @Override
    public Set<MetricsDomain> measuredByItself() {
        return Set.of(MetricsDomain.HTTP_SERVER);
    }

    @Override
    public Future<Void> start(Node node) {
        ConverterVerticle deployed = new ConverterVerticle(node);
        verticle = deployed;
        return node.vertx().deployVerticle(deployed).mapEmpty();
    }

    @Override
    public Future<Void> drain(Node node, Duration timeout) {
        return verticle == null ? Future.succeededFuture() : verticle.drain(timeout);
    }
}
