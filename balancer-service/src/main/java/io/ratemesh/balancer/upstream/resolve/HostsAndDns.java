package io.ratemesh.balancer.upstream.resolve;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.resolver.HostsFileEntriesProvider;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DefaultDnsCache;
import io.netty.resolver.dns.DnsCacheEntry;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.ratemesh.node.address.IpAddresses;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
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
 * Resolves names as this machine does: {@code localhost} is loopback (RFC 6761 §6.3), then its file of hosts, then its name servers. Both
 * are asked anew each time; nothing is kept.
 */
public final class HostsAndDns implements NameResolver {

    private static final long QUERY_MILLIS = 2000;
    private static final long LONGEST_SECONDS = 10;
    private static final String LOCALHOST = "localhost";

    /** IPv4 first, as Java has it. */
    private static final List<InetAddress> LOOPBACK = Stream.of("127.0.0.1", "::1")
            .map(IpAddresses::parse)
            .map(Objects::requireNonNull)
            .toList();

    private final VertxInternal vertx;
    private final DnsServerAddressStreamProvider servers;

    /** Asks the name servers of this machine. */
    public HostsAndDns(Vertx vertx) {
        this(vertx, DnsServerAddressStreamProviders.platformDefault());
    }

    HostsAndDns(Vertx vertx, DnsServerAddressStreamProvider servers) {
        this.vertx = (VertxInternal) vertx;
        this.servers = servers;
    }

    @Override
    public Future<Resolved> resolve(String name) {
        String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        String lower = plain.toLowerCase(Locale.ROOT);
        if (lower.equals(LOCALHOST) || lower.endsWith("." + LOCALHOST)) {
            return vertx.getOrCreateContext().succeededFuture(new Resolved(LOOPBACK, Duration.ZERO));
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
        ContextInternal context = vertx.getOrCreateContext();
        LeastTimeToLive leastTimeToLive = new LeastTimeToLive();
        // One of its own for each name: it is asked seldom, and what it knew would be in the way.
        DnsNameResolver dns = new DnsNameResolverBuilder(context.nettyEventLoop())
                .datagramChannelFactory(() -> vertx.transport().datagramChannel())
                .socketChannelFactory(() ->
                        (SocketChannel) vertx.transport().channelFactory(false).newChannel())
                .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
                .hostsFileEntriesResolver((host, types) -> null)
                .nameServerProvider(servers)
                .resolveCache(leastTimeToLive)
                .queryTimeoutMillis(QUERY_MILLIS)
                .build();
        Promise<List<InetAddress>> answered = context.promise();
        dns.resolveAll(name).addListener((io.netty.util.concurrent.Future<List<InetAddress>> all) -> {
            if (all.isSuccess()) {
                answered.tryComplete(all.getNow());
            } else {
                answered.tryFail(all.cause());
            }
        });
        return answered.future()
                .timeout(LONGEST_SECONDS, TimeUnit.SECONDS)
                .onComplete(ignored -> dns.close())
                .compose(addresses -> addresses.isEmpty()
                        ? Future.failedFuture(new UnknownHostException(name))
                        : Future.succeededFuture(
                                new Resolved(addresses.stream().distinct().toList(), leastTimeToLive.get())));
    }

    /** Keeps no address, and notes for how long the shortest-lived one holds. Of one event loop. */
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
