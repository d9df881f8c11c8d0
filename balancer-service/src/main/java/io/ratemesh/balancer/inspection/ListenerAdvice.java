package io.ratemesh.balancer.inspection;

import io.ratemesh.node.settings.AddressRange;
import io.ratemesh.node.settings.BalancerSettings;
import io.ratemesh.node.settings.H2cSettings;
import io.ratemesh.node.settings.TcpSettings;
import io.ratemesh.node.settings.TlsSettings;
import java.util.List;
import java.util.Set;

/** Warns of listeners that trust or show too much. */
final class ListenerAdvice {

    private static final Set<String> ALL_ADDRESSES = Set.of("0.0.0.0", "::");

    private ListenerAdvice() {}

    static void add(BalancerSettings balancer, SettingsWarnings warnings) {
        addOfStats(balancer.stats(), warnings);
        warnings.addIf(
                containsEverybody(balancer.trustedProxies()),
                "balancer.trusted-proxies",
                "every client is trusted, and can pretend to have any address",
                "list the addresses of the proxies in front");
        if (balancer.trustedProxies().isEmpty()) {
            addOfProxyProtocol(balancer, warnings);
        }
    }

    private static void addOfStats(BalancerSettings.Stats stats, SettingsWarnings warnings) {
        boolean open = ALL_ADDRESSES.contains(stats.listen().bind());
        warnings.addIf(
                open,
                "balancer.stats.bind",
                "the stats port is open to all addresses, and passwords cross the network without TLS",
                "use 127.0.0.1, or an address of a private network");
        warnings.addIf(
                containsEverybody(stats.metricsFrom()),
                "balancer.stats.metrics-from",
                "everybody who reaches the stats port can read the metrics",
                "list the addresses of the monitoring");
    }

    /** Without trusted proxies, the header is accepted from every client. */
    private static void addOfProxyProtocol(BalancerSettings balancer, SettingsWarnings warnings) {
        addOfProxyProtocol("http", balancer.http().proxyProtocol(), warnings);
        addOfProxyProtocol(
                "tls", balancer.tls().filter(TlsSettings::proxyProtocol).isPresent(), warnings);
        addOfProxyProtocol(
                "h2c", balancer.h2c().filter(H2cSettings::proxyProtocol).isPresent(), warnings);
        List<TcpSettings> ports = balancer.tcp();
        for (int i = 0; i < ports.size(); i++) {
            addOfProxyProtocol("tcp[" + i + "]", ports.get(i).proxyProtocol(), warnings);
        }
    }

    private static void addOfProxyProtocol(String listener, boolean expected, SettingsWarnings warnings) {
        warnings.addIf(
                expected,
                "balancer." + listener + ".proxy-protocol",
                "every client can pretend to have any address",
                "set balancer.trusted-proxies to the addresses of the proxies in front");
    }

    private static boolean containsEverybody(List<AddressRange> ranges) {
        return ranges.stream().anyMatch(range -> range.toString().endsWith("/0"));
    }
}
