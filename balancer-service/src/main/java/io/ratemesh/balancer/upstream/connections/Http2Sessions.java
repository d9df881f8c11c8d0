package io.ratemesh.balancer.upstream.connections;

import io.netty.channel.Channel;
import io.ratemesh.balancer.http.ConnectionResets;
import io.ratemesh.balancer.vertx.LoopContext;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The connections of HTTP/2 to one upstream. Requests share one; another is opened where it has no capacity. One event loop owns them. */
final class Http2Sessions {

    private final LoopContext context;
    private final boolean ofOneClient;
    private final ConnectionResets resets = new ConnectionResets();
    private final List<Http2Session> open = new ArrayList<>(2);
    private @Nullable Future<UpstreamConnection> opening;
    private boolean http1Spoken;
    private int sweeps;

    /**
     * With no connection yet.
     *
     * @param ofOneClient whether a connection is used for one request only
     */
    Http2Sessions(LoopContext context, boolean ofOneClient) {
        this.context = context;
        this.ofOneClient = ofOneClient;
    }

    /**
     * A stream of an open connection; null where one has to be opened.
     *
     * @param repeatable whether the request can be repeated if the upstream is closing the connection
     */
    @Nullable
    Http2Stream stream(boolean repeatable) {
        Http2Session least = null;
        for (int i = 0; i < open.size(); i++) {
            Http2Session next = open.get(i);
            if (next.hasCapacity()
                    && (least == null || next.pending() < least.pending())
                    && (repeatable || next.isEstablished(resets))) {
                least = next;
            }
        }
        return least == null ? null : least.open();
    }

    /** Opens a connection, or waits for one that is being opened and may have capacity. */
    Future<UpstreamConnection> open(Supplier<Future<UpstreamConnection>> opener) {
        if (ofOneClient || http1Spoken) {
            return opener.get();
        }
        if (opening != null) {
            return opening.compose(ignored -> {
                Http2Stream stream = stream(false);
                return stream == null ? open(opener) : context.succeededFuture(stream);
            });
        }
        Future<UpstreamConnection> first = opener.get();
        if (!first.isComplete()) {
            opening = first;
            first.onComplete(ignored -> opening = null);
        }
        return first;
    }

    /** HTTP/2 starts on a connection that has just been opened. Completes with its first stream. */
    Future<UpstreamConnection> start(Channel channel, InetAddress address, boolean tls, Duration timeout) {
        return Http2Session.start(this, context, channel, address, tls, timeout).map(session -> {
            Http2Stream first = session.open();
            open.add(session);
            if (ofOneClient) {
                session.retire();
            }
            return first;
        });
    }

    /** The upstream has chosen HTTP/1.1, so no request waits for the connection of another one. */
    void http1Chosen() {
        http1Spoken = true;
    }

    void remove(Http2Session session) {
        open.remove(session);
    }

    /** The number of sweeps so far. */
    int sweeps() {
        return sweeps;
    }

    void sweep(int maxIdle, int maxQuiet) {
        sweeps++;
        for (Http2Session each : List.copyOf(open)) {
            each.sweep(maxIdle, maxQuiet);
        }
    }

    /** No more requests are sent to addresses like this. */
    void retireIf(Predicate<InetAddress> obsolete) {
        List.copyOf(open).stream().filter(each -> obsolete.test(each.address())).forEach(Http2Session::retire);
    }
}
