package io.ratemesh.benchmarks.start;

import io.ratemesh.node.NodeRole;
import io.ratemesh.node.cluster.HazelcastSetup;
import io.ratemesh.node.cluster.TransportChoice;
import io.ratemesh.node.lifecycle.ServiceCommand;
import io.ratemesh.node.settings.ClusterSettings;
import io.ratemesh.node.settings.TransportSetting;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;
import java.util.Optional;

/**
 * The least that a node can be: a JVM with Vert.x and Hazelcast that joins the cluster, with the Hazelcast configuration and the
 * transport of a node, and responds to HTTP. It has no settings, metrics, health checks or announcements.
 */
final class BareNode {

    private static final String LOOPBACK = "127.0.0.1";

    private BareNode() {}

    /**
     * Serves until the process is killed.
     *
     * @param arguments {@code --set KEY=VALUE}, as of a service; the name and the port of the cluster and the port of HTTP count
     */
    public static void main(String[] arguments) {
        ServiceCommand.disableFlightRecorder();
        ClusterSettings cluster = new ClusterSettings(
                true,
                setting(arguments, "cluster.name"),
                LOOPBACK,
                Integer.parseInt(setting(arguments, "cluster.port")),
                List.of(LOOPBACK),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Vertx.builder()
                .with(new VertxOptions()
                        .setEventLoopPoolSize(1)
                        .setEventBusOptions(new EventBusOptions().setHost(LOOPBACK)))
                .withTransport(TransportChoice.choose(TransportSetting.AUTO))
                .withClusterManager(
                        new HazelcastClusterManager(HazelcastSetup.configure(cluster, LOOPBACK, NodeRole.CONVERTER)))
                .buildClustered()
                .compose(vertx -> vertx.createHttpServer()
                        .requestHandler(request -> request.response().end("bare"))
                        .listen(Integer.parseInt(setting(arguments, "converter.port")), LOOPBACK))
                .onFailure(cause -> {
                    cause.printStackTrace();
                    System.exit(1);
                });
    }

    private static String setting(String[] arguments, String key) {
        for (String argument : arguments) {
            if (argument.startsWith(key + "=")) {
                return argument.substring(key.length() + 1);
            }
        }
        throw new IllegalArgumentException(key + " is missing; use --set " + key + "=VALUE");
    }
}
