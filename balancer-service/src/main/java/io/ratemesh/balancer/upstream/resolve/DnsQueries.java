package io.ratemesh.balancer.upstream.resolve;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DefaultDnsCache;
import io.netty.resolver.dns.DnsCacheEntry;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.util.ReferenceCountUtil;
import io.ratemesh.balancer.vertx.LoopContext;
import io.ratemesh.balancer.vertx.VertxTransport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks name servers, over UDP, and over TCP where a response is too long for that. Nothing is cached. */
final class DnsQueries implements NameResolver {

    private static final long QUERY_MILLIS = 2000;
    private static final long TIMEOUT_SECONDS = 10;

    private final Vertx vertx;
    private final VertxTransport transport;
    private final DnsServerAddressStreamProvider servers;

    /** Asks these name servers. */
    DnsQueries(Vertx vertx, DnsServerAddressStreamProvider servers) {
        this.vertx = vertx;
        this.transport = new VertxTransport(vertx);
        this.servers = servers;
    }

    @Override
    public Future<Resolved> resolve(String name) {
        LeastTimeToLive leastTimeToLive = new LeastTimeToLive();
        return query(leastTimeToLive, dns -> dns.resolveAll(name), Function.<List<InetAddress>>identity())
                .compose(addresses -> addresses.isEmpty()
                        ? Future.failedFuture(new UnknownHostException(name))
                        : Future.succeededFuture(
                                new Resolved(addresses.stream().distinct().toList(), leastTimeToLive.get())));
    }

    /** The SRV records of a complete name. Fails where it has none, or on a timeout of several seconds. */
    Future<List<ServiceRecord>> services(String name) {
        return query(
                new LeastTimeToLive(),
                dns -> dns.resolveAll(new DefaultDnsQuestion(name, DnsRecordType.SRV)),
                DnsQueries::serviceRecords);
    }

    private static List<ServiceRecord> serviceRecords(List<DnsRecord> records) {
        try {
            return records.stream()
                    .filter(record -> record.type().equals(DnsRecordType.SRV) && record instanceof DnsRawRecord)
                    .map(record -> ServiceRecord.read(((DnsRawRecord) record).content(), record.timeToLive()))
                    .toList();
        } finally {
            records.forEach(ReferenceCountUtil::release);
        }
    }

    /**
     * Makes one lookup.
     *
     * @param read the result, on the event loop
     */
    private <A, R> Future<R> query(
            LeastTimeToLive cache,
            Function<DnsNameResolver, io.netty.util.concurrent.Future<A>> lookup,
            Function<A, R> read) {
        LoopContext context = LoopContext.current(vertx);
        // A new resolver for each lookup: lookups are rare, and its caches are not wanted.
        DnsNameResolver dns = new DnsNameResolverBuilder(context.eventLoop())
                .datagramChannelFactory(transport::datagramChannel)
                .socketChannelFactory(transport::socketChannel)
                .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
                .hostsFileEntriesResolver((host, types) -> null)
                .nameServerProvider(servers)
                .resolveCache(cache)
                .queryTimeoutMillis(QUERY_MILLIS)
                .build();
        Promise<R> found = context.promise();
        lookup.apply(dns).addListener((io.netty.util.concurrent.Future<A> result) -> {
            if (result.isSuccess()) {
                complete(found, result.getNow(), read);
            } else {
                found.tryFail(result.cause());
            }
        });
        return found.future().timeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).onComplete(ignored -> dns.close());
    }

    private static <A, R> void complete(Promise<R> found, A result, Function<A, R> read) {
        try {
            found.tryComplete(read.apply(result));
        } catch (RuntimeException e) {
            // A name server may send anything.
            found.tryFail(e);
        }
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
