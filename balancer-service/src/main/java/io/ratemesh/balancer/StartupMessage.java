package io.ratemesh.balancer;

import io.ratemesh.balancer.listener.Listener;
import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.BalancerSettings;
import java.util.ArrayList;
import java.util.List;

/** The log line of a balancer that listens: each address, with what is spoken there. */
final class StartupMessage {

    private StartupMessage() {}

    /**
     * The line.
     *
     * @param listeners for HTTP, which listen
     * @param statsPort on which statistics are served
     */
    static String of(BalancerSettings settings, List<Listener> listeners, int statsPort) {
        List<String> addresses = new ArrayList<>();
        listeners.forEach(
                listener -> addresses.add(address(listener.protocol().scheme(), listener.bind(), listener.port())));
        settings.tcp()
                .forEach(tcp -> addresses.add(
                        address("tcp", tcp.listen().bind(), tcp.listen().port()) + " (" + tcp.name() + ")"));
        int loops = settings.eventLoops();
        return "front door on " + String.join(", ", addresses) + " with " + loops
                + (loops == 1 ? " event loop" : " event loops") + "; statistics on "
                + address("http", settings.stats().listen().bind(), statsPort);
    }

    private static String address(String scheme, String bind, int port) {
        return scheme + "://" + IpAddresses.withPort(bind, port);
    }
}
