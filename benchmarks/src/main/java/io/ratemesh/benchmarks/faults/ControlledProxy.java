package io.ratemesh.benchmarks.faults;

import io.ratemesh.benchmarks.cluster.Services;
import io.ratemesh.benchmarks.peer.Contender;
import io.ratemesh.benchmarks.peer.Haproxy;
import io.ratemesh.benchmarks.peer.RatemeshBalancer;
import io.ratemesh.benchmarks.process.FreePorts;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** A front door that is started in front of given upstreams, and how servers are taken out of it and brought in. */
final class ControlledProxy {

    /** Makes an operator of a front door that runs. */
    private interface Hands {
        ProxyControl of(Path folder, ServerProcess door, List<Integer> upstreams);
    }

    private final Function<List<Integer>, Contender> contender;
    private final Hands hands;

    private ControlledProxy(Function<List<Integer>, Contender> contender, Hands hands) {
        this.contender = contender;
        this.hands = hands;
    }

    static ControlledProxy haproxy() {
        return new ControlledProxy(
                upstreams -> new Haproxy(upstreams, true),
                (folder, door, upstreams) -> new HaproxyControl(folder.resolve(Haproxy.SOCKET)));
    }

    static ControlledProxy ratemesh(Services services) {
        return new ControlledProxy(
                upstreams -> RatemeshBalancer.proxy(services, 1, upstreams, RequestNumber.PATH),
                (folder, door, upstreams) -> new RatemeshControl(folder, door.pid(), upstreams));
    }

    String name() {
        return contender.apply(List.of()).name();
    }

    String says() {
        return contender.apply(List.of()).says();
    }

    /** Starts it; it may not serve yet. */
    ServerProcess start(Path folder, List<Integer> upstreams) {
        return contender.apply(upstreams).start(folder, FreePorts.next());
    }

    ProxyControl operator(Path folder, ServerProcess door, List<Integer> upstreams) {
        return hands.of(folder, door, upstreams);
    }
}
