package io.ratemesh.balancer;

import io.ratemesh.balancer.listener.ListenerPorts;
import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.BalancerSettings;
import io.ratemesh.node.settings.BalancerSettings.Listen;
import java.util.ArrayList;
import java.util.List;

/** What a balancer says once it listens: each address, with what is spoken there. */
final class StartupMessage {

    private StartupMessage() {}

    /**
     * As a line of the log.
     *
     * @param numbers the ports that were taken, where the settings left them open
     * @param stats the operators' port
     */
    static String of(BalancerSettings settings, ListenerPorts.Numbers numbers, int stats) {
        List<String> front = new ArrayList<>();
        front.add(address("http", settings.http().listen(), numbers.http()));
        settings.tls().ifPresent(tls -> front.add(address("https", tls.listen(), numbers.tls())));
        settings.h2c().ifPresent(h2c -> front.add(address("h2c", h2c.listen(), numbers.h2c())));
        settings.tcp()
                .forEach(tcp ->
                        front.add(address("tcp", tcp.listen(), tcp.listen().port()) + " (" + tcp.name() + ")"));
        int loops = settings.eventLoops();
        return "front door on " + String.join(", ", front) + " with " + loops
                + (loops == 1 ? " event loop" : " event loops") + "; statistics on "
                + address("http", settings.stats().listen(), stats);
    }

    private static String address(String scheme, Listen listen, int port) {
        return scheme + "://" + IpAddresses.withPort(listen.bind(), port);
    }
}
