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

/** The converter service: converts amounts and streams rates. */
public final class ConverterService implements NodeService {

    private @Nullable ConverterVerticle verticle;

    public static void main(String... args) {
        ServiceCommand.run(
                new ConverterService(), "Converts currencies over HTTP and streams rates as server-sent events.", args);
    }

    @Override
    public NodeRole role() {
        return NodeRole.CONVERTER;
    }

    /** {@link io.ratemesh.converter.route.ApiHandler} counts the requests; counting twice costs a tenth of a conversion. */
    @Override
    public Set<MetricsDomain> ownMetrics() {
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
