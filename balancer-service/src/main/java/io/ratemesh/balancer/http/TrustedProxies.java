package io.ratemesh.balancer.http;

import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.AddressRange;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The proxies before this one whose forwarded fields are trusted: other balancers, a CDN. */
public final class TrustedProxies {

    /** No proxy is trusted. */
    public static final TrustedProxies NONE = of(List.of());

    private final Supplier<List<AddressRange>> networks;

    private TrustedProxies(Supplier<List<AddressRange>> networks) {
        this.networks = networks;
    }

    /** All proxies of these networks. */
    public static TrustedProxies of(List<AddressRange> networks) {
        List<AddressRange> copy = List.copyOf(networks);
        return new TrustedProxies(() -> copy);
    }

    /** All proxies of networks that can change; they are read for each request. */
    public static TrustedProxies of(Supplier<List<AddressRange>> networks) {
        return new TrustedProxies(networks);
    }

    /** Whether a client at this address is a trusted proxy. */
    public boolean trusts(@Nullable SocketAddress client) {
        List<AddressRange> current = networks.get();
        if (current.isEmpty() || client == null || client.hostAddress() == null) {
            return false;
        }
        InetAddress address = IpAddresses.parse(client.hostAddress());
        return address != null && AddressRange.anyContains(current, address);
    }
}
