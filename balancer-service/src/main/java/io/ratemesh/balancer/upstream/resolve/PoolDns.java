package io.ratemesh.balancer.upstream.resolve;

import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.node.settings.DnsSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.util.List;

/** Resolves the names of one pool: by the name servers in its settings, or else as the operating system does. */
public final class PoolDns implements NameResolver {

    private final Vertx vertx;
    private final Pool pool;

    public PoolDns(Vertx vertx, Pool pool) {
        this.vertx = vertx;
        this.pool = pool;
    }

    @Override
    public Future<Resolved> resolve(String name) {
        return names(pool.settings().dns().map(DnsSettings::resolvers).orElse(List.of()))
                .resolve(name);
    }

    /** The servers that DNS names now; fails where it names none. */
    Future<FoundServers> servers(DnsSettings dns) {
        return dns.service()
                ? queries(dns.resolvers()).services(dns.name()).map(FoundServers::ofServices)
                : names(dns.resolvers()).resolve(dns.name()).map(found -> FoundServers.ofAddresses(found, dns));
    }

    private NameResolver names(List<InetSocketAddress> resolvers) {
        return resolvers.isEmpty() ? new HostsAndDns(vertx) : queries(resolvers);
    }

    private DnsQueries queries(List<InetSocketAddress> resolvers) {
        return new DnsQueries(
                vertx,
                resolvers.isEmpty()
                        ? DnsServerAddressStreamProviders.platformDefault()
                        : new SequentialDnsServerAddressStreamProvider(resolvers));
    }
}
