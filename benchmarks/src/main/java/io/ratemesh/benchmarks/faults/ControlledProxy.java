package io.ratemesh.benchmarks.faults;

import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.contender.Contender;
import io.ratemesh.benchmarks.contender.Haproxy;
import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * A contender that can be controlled at run time.
 *
 * @param contender for given upstreams
 * @param control for a running contender
 */
record ControlledProxy(Function<List<Integer>, Contender> contender, ControlFactory control) {

    /** Creates the control of a running contender. */
    interface ControlFactory {
        ProxyControl create(Path folder, ServerProcess server, List<Integer> upstreams);
    }

    static ControlledProxy haproxy() {
        return new ControlledProxy(
                upstreams -> new Haproxy(Haproxy.Mode.HTTP, upstreams),
                (folder, server, upstreams) -> new HaproxyControl(folder.resolve(Haproxy.SOCKET)));
    }

    static ControlledProxy ratemesh(ServiceBuild services) {
        return new ControlledProxy(
                upstreams -> RatemeshBalancer.proxy(services, 1, upstreams, RequestNumber.PATH),
                (folder, server, upstreams) -> new RatemeshControl(folder, server.pid(), upstreams));
    }

    String name() {
        return contender.apply(List.of()).name();
    }

    String description() {
        return contender.apply(List.of()).description();
    }
}
