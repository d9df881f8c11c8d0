package io.ratemesh.balancer.accesslog;

import io.ratemesh.balancer.http.Termination;
import io.ratemesh.balancer.http.TerminationCause;
import io.ratemesh.balancer.http.TerminationPhase;
import io.ratemesh.balancer.listener.ConnectionLimit;
import io.ratemesh.balancer.listener.Listener;
import io.ratemesh.balancer.listener.ListenerCounts;
import io.ratemesh.balancer.listener.ListenerProtocol;
import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.node.accesslog.LineBuffer;
import io.ratemesh.node.settings.BalancerSettings.Listen;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Entries for tests. */
final class Entries {

    static final Instant ENDED = Instant.parse("2026-07-06T14:00:10.109Z");
    static final Pool POOL = PoolFixture.plain("web");
    static final Upstream SERVER = PoolFixture.up(POOL, "srv1", 9101);

    static final Listener PLAIN = listener("http-in", ListenerProtocol.HTTP, 4, 5);
    static final Listener ENCRYPTED = listener("https-in", ListenerProtocol.HTTPS, 3, 5);

    private Entries() {}

    /** A listener with so many connections open, of so many at all listeners. */
    static Listener listener(String name, ListenerProtocol protocol, int open, int total) {
        ConnectionLimit limit = new ConnectionLimit(total, 0);
        IntStream.range(0, total).forEach(each -> limit.acquire());
        Listener listener = new Listener(name, protocol, new Listen("127.0.0.1", 0), false, limit);
        ListenerCounts counts = listener.addLoop();
        IntStream.range(0, open).forEach(each -> counts.connectionOpened());
        return listener;
    }

    static AccessEntry completed(int status, String target) {
        return entry(SERVER, target, status, 0, 30, 69, 109, "--", 0);
    }

    static AccessEntry entry(
            @Nullable Upstream server,
            @Nullable String target,
            int status,
            long queued,
            long connect,
            long response,
            long total,
            String termination,
            int retries) {
        return entry(PLAIN, POOL, server, target, status, queued, connect, response, total, termination, retries);
    }

    /** A request over TLS that was not routed to a pool. */
    static AccessEntry overTls(String target) {
        return entry(ENCRYPTED, null, null, target, 404, -1, -1, -1, 0, "LR", 0);
    }

    private static AccessEntry entry(
            Listener listener,
            @Nullable Pool pool,
            @Nullable Upstream server,
            @Nullable String target,
            int status,
            long queued,
            long connect,
            long response,
            long total,
            String termination,
            int retries) {
        return new AccessEntry(
                ENDED.toEpochMilli(),
                listener,
                SocketAddress.inetSocketAddress(33317, "10.0.1.2"),
                pool,
                server,
                target == null ? null : HttpMethod.GET,
                target,
                target == null ? null : HttpVersion.HTTP_1_1,
                status,
                0,
                2750,
                target == null ? -1 : 0,
                queued,
                connect,
                response,
                total,
                termination(termination),
                retries,
                retries > 0,
                0);
    }

    private static Termination termination(String code) {
        return Arrays.stream(TerminationCause.values())
                .flatMap(cause -> Arrays.stream(TerminationPhase.values()).map(phase -> Termination.of(cause, phase)))
                .filter(each -> each.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    static String line(AccessEntryFormat format, AccessEntry entry) {
        LineBuffer buffer = new LineBuffer();
        format.write(entry, new ConcurrencySnapshot(5, entry.listener().connectionsOpen(), 3, 2), buffer);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            buffer.moveTo(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toString(StandardCharsets.US_ASCII);
    }
}
