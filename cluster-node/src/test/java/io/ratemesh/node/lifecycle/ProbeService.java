package io.ratemesh.node.lifecycle;

import io.ratemesh.node.NodeRole;
import io.ratemesh.node.NodeState;
import io.vertx.core.Future;
import java.time.Duration;

/** A service that only listens, or that fails to start. */
public final class ProbeService implements NodeService {

    /** Printed when it serves. */
    static final String SERVING = "probe serves";

    private final NodeRole role;
    private final String mode;

    public ProbeService(NodeRole role) {
        this(role, "ready");
    }

    private ProbeService(NodeRole role, String mode) {
        this.role = role;
        this.mode = mode;
    }

    /** The first argument is {@code ready}, {@code refuse} or {@code break}; the rest is the command line. */
    public static void main(String... args) {
        ServiceCommand.run(
                new ProbeService(NodeRole.CONVERTER, args[0]),
                "Probes.",
                java.util.Arrays.copyOfRange(args, 1, args.length));
    }

    @Override
    public NodeRole role() {
        return role;
    }

    @Override
    public Future<Void> start(Node node) {
        return switch (mode) {
            case "refuse" -> Future.failedFuture(new StartException("converter.port: taken"));
            case "break" -> Future.failedFuture(new IllegalStateException("broken"));
            default ->
                node.announcer()
                        .setState(NodeState.READY)
                        .onSuccess(ignored -> node.ops().publish("probe", node.id(), SERVING));
        };
    }

    @Override
    public Future<Void> drain(Node node, Duration timeout) {
        node.ops().publish("probe", node.id(), "drained");
        return Future.succeededFuture();
    }
}
