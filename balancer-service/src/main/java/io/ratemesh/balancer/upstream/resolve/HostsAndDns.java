package io.ratemesh.balancer.upstream.resolve;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.resolver.HostsFileEntriesProvider;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DefaultDnsCache;
import io.netty.resolver.dns.DnsCacheEntry;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.ratemesh.balancer.vertx.LoopContext;
import io.ratemesh.balancer.vertx.VertxTransport;
import io.ratemesh.node.address.IpAddresses;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Resolves names as the operating system does: {@code localhost} is loopback (RFC 6761 §6.3), then the hosts file, then DNS. Nothing
 * is cached.
 */
public final class HostsAndDns implements NameResolver {

    private static final long QUERY_MILLIS = 2000;
    private static final long TIMEOUT_SECONDS = 10;
    private static final String LOCALHOST = "localhost";

    /** IPv4 first, as in Java. */
    private static final List<InetAddress> LOOPBACK = Stream.of("127.0.0.1", "::1")
            .map(IpAddresses::parse)
            .map(Objects::requireNonNull)
            .toList();

    private final Vertx vertx;
    private final VertxTransport transport;
    private final DnsServerAddressStreamProvider servers;

    /** Uses the name servers of the operating system. */
    public HostsAndDns(Vertx vertx) {
        this(vertx, DnsServerAddressStreamProviders.platformDefault());
    }

    HostsAndDns(Vertx vertx, DnsServerAddressStreamProvider servers) {
        this.vertx = vertx;
        this.transport = new VertxTransport(vertx);
        this.servers = servers;
    }

    @Override
    public Future<Resolved> resolve(String name) {
        String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        String lower = plain.toLowerCase(Locale.ROOT);
        if (lower.equals(LOCALHOST) || lower.endsWith("." + LOCALHOST)) {
            return LoopContext.current(vertx).succeededFuture(new Resolved(LOOPBACK, Duration.ZERO));
        }
        return vertx.executeBlocking(() -> inHosts(lower), false)
                .compose(found ->
                        found.isEmpty() ? inDns(name) : Future.succeededFuture(new Resolved(found, Duration.ZERO)));
    }

    private static List<InetAddress> inHosts(String name) {
        HostsFileEntriesProvider hosts = HostsFileEntriesProvider.parser().parseSilently();
        List<InetAddress> found = new ArrayList<>(hosts.ipv4Entries().getOrDefault(name, List.of()));
        found.addAll(hosts.ipv6Entries().getOrDefault(name, List.of()));
        return List.copyOf(found);
    }

    private Future<Resolved> inDns(String name) {
        LoopContext context = LoopContext.current(vertx);
        LeastTimeToLive leastTimeToLive = new LeastTimeToLive();
        // A new resolver for each lookup: lookups are rare, and its caches are not wanted.
        DnsNameResolver dns = new DnsNameResolverBuilder(context.eventLoop())
                .datagramChannelFactory(transport::datagramChannel)
                .socketChannelFactory(transport::socketChannel)
                .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
                .hostsFileEntriesResolver((host, types) -> null)
                .nameServerProvider(servers)
                .resolveCache(leastTimeToLive)
                .queryTimeoutMillis(QUERY_MILLIS)
                .build();
        Promise<List<InetAddress>> resolved = context.promise();
        dns.resolveAll(name).addListener((io.netty.util.concurrent.Future<List<InetAddress>> all) -> {
            if (all.isSuccess()) {
                resolved.tryComplete(all.getNow());
            } else {
                resolved.tryFail(all.cause());
            }
        });
        return resolved.future()
                .timeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .onComplete(ignored -> dns.close())
                .compose(addresses -> addresses.isEmpty()
                        ? Future.failedFuture(new UnknownHostException(name))
                        : Future.succeededFuture(
                                new Resolved(addresses.stream().distinct().toList(), leastTimeToLive.get())));
    }

    /** Caches nothing, and records the shortest time to live. Not thread-safe. */
    private static final class LeastTimeToLive extends DefaultDnsCache {

        private long seconds = Long.MAX_VALUE;

        LeastTimeToLive() {
            super(0, 0, 0);
        }

        Duration get() {
            return seconds == Long.MAX_VALUE ? Duration.ZERO : Duration.ofSeconds(seconds);
        }

        @Override
        public DnsCacheEntry cache(
                String hostname,
                DnsRecord @Nullable [] additionals,
                InetAddress address,
                long originalTtl,
                EventLoop loop) {
            seconds = Math.min(seconds, originalTtl);
            return super.cache(hostname, additionals, address, originalTtl, loop);
        }
    }
}
