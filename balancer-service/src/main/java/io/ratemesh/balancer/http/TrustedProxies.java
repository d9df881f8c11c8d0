package io.ratemesh.balancer.http;

import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.AddressRange;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The proxies before this one whose word on who asked is taken: other balancers, a CDN. */
public final class TrustedProxies {

    /** Nobody is trusted. */
    public static final TrustedProxies NONE = of(List.of());

    private final Supplier<List<AddressRange>> networks;

    private TrustedProxies(Supplier<List<AddressRange>> networks) {
        this.networks = networks;
    }

    /** Those of some networks. */
    public static TrustedProxies of(List<AddressRange> networks) {
        List<AddressRange> copy = List.copyOf(networks);
        return new TrustedProxies(() -> copy);
    }

    /** Those of networks that may become others; asked for each request. */
    public static TrustedProxies of(Supplier<List<AddressRange>> networks) {
        return new TrustedProxies(networks);
    }

    /** Whether what a client at this address says of others is taken. */
    public boolean trusts(@Nullable SocketAddress client) {
        List<AddressRange> current = networks.get();
        if (current.isEmpty() || client == null || client.hostAddress() == null) {
            return false;
        }
        InetAddress address = IpAddresses.parse(client.hostAddress());
        return address != null && AddressRange.anyContains(current, address);
    }
}
