package io.ratemesh.balancer.proxy;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The proxies before this one whose word on who asked is taken: other balancers, a CDN. */
public final class TrustedProxies {

    /** Nobody is trusted. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    private final List<IpSubnetFilterRule> networks;

    private TrustedProxies(List<IpSubnetFilterRule> networks) {
        this.networks = networks;
    }

    /**
     * Those of some networks.
     *
     * @param cidrs as {@code 10.0.0.0/8}, {@code fd00::/8}, or a single address
     * @throws IllegalArgumentException where one is not a network
     */
    public static TrustedProxies of(List<String> cidrs) {
        List<IpSubnetFilterRule> rules = new ArrayList<>(cidrs.size());
        for (String cidr : cidrs) {
            int slash = cidr.indexOf('/');
            String address = slash < 0 ? cidr : cidr.substring(0, slash);
            try {
                InetAddress network = literal(address);
                int bits = slash < 0 ? network.getAddress().length * 8 : Integer.parseInt(cidr.substring(slash + 1));
                rules.add(new IpSubnetFilterRule(network, bits, IpFilterRuleType.ACCEPT));
            } catch (UnknownHostException | IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "trusted proxies: %s (expected: a network as 10.0.0.0/8 or fd00::/8)".formatted(cidr), e);
            }
        }
        return new TrustedProxies(List.copyOf(rules));
    }

    /** Whether what a client at this address says of others is taken. */
    boolean trusts(@Nullable SocketAddress client) {
        if (networks.isEmpty() || client == null || client.hostAddress() == null) {
            return false;
        }
        try {
            InetSocketAddress address = new InetSocketAddress(literal(client.hostAddress()), client.port());
            for (IpSubnetFilterRule network : networks) {
                if (network.matches(address)) {
                    return true;
                }
            }
            return false;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Never asks a name server: a name is refused. */
    private static InetAddress literal(String address) throws UnknownHostException {
        if (address.isEmpty()
                || (address.indexOf(':') < 0 && Character.digit(address.charAt(address.length() - 1), 10) < 0)) {
            throw new UnknownHostException(address);
        }
        return InetAddress.getByName(address);
    }
}
