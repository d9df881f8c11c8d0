package io.ratemesh.balancer.upstream.resolve;

import io.netty.resolver.HostsFileEntriesProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.ratemesh.balancer.vertx.LoopContext;
import io.ratemesh.node.address.IpAddresses;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Resolves names as the operating system does: {@code localhost} is loopback (RFC 6761 §6.3), then the hosts file, then DNS. Nothing
 * is cached.
 */
public final class HostsAndDns implements NameResolver {

    private static final String LOCALHOST = "localhost";

    /** IPv4 first, as in Java. */
    private static final List<InetAddress> LOOPBACK = Stream.of("127.0.0.1", "::1")
            .map(IpAddresses::parse)
            .map(Objects::requireNonNull)
            .toList();

    private final Vertx vertx;
    private final DnsQueries dns;

    /** Uses the name servers of the operating system. */
    public HostsAndDns(Vertx vertx) {
        this(vertx, DnsServerAddressStreamProviders.platformDefault());
    }

    HostsAndDns(Vertx vertx, DnsServerAddressStreamProvider servers) {
        this.vertx = vertx;
        this.dns = new DnsQueries(vertx, servers);
    }

    @Override
    public Future<Resolved> resolve(String name) {
        String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        String lower = plain.toLowerCase(Locale.ROOT);
        if (lower.equals(LOCALHOST) || lower.endsWith("." + LOCALHOST)) {
            return LoopContext.current(vertx).succeededFuture(new Resolved(LOOPBACK, Duration.ZERO));
        }
        return vertx.executeBlocking(() -> inHosts(lower), false)
                .compose(found -> found.isEmpty()
                        ? dns.resolve(name)
                        : Future.succeededFuture(new Resolved(found, Duration.ZERO)));
    }

    private static List<InetAddress> inHosts(String name) {
        HostsFileEntriesProvider hosts = HostsFileEntriesProvider.parser().parseSilently();
        List<InetAddress> found = new ArrayList<>(hosts.ipv4Entries().getOrDefault(name, List.of()));
        found.addAll(hosts.ipv6Entries().getOrDefault(name, List.of()));
        return List.copyOf(found);
    }
}
