package io.ratemesh.balancer;

import io.ratemesh.balancer.accesslog.LoggedListener;
import io.ratemesh.balancer.listener.ListenerCounts;
import io.ratemesh.balancer.stats.HttpListenerStats;
import io.ratemesh.node.settings.BalancerSettings;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/** The addresses at which the front door speaks HTTP, by the names that statistics and the access log give them. */
final class HttpListeners {

    private final List<BalancerVerticle> loops;
    private final boolean tls;
    private final boolean h2c;
    private final LoggedListener plain;
    private final LoggedListener encrypted;
    private final LoggedListener clearText;

    /**
     * As they are set.
     *
     * @param loops the front door's, as many as there are at a time; read from any thread
     */
    HttpListeners(BalancerSettings settings, List<BalancerVerticle> loops) {
        this.loops = loops;
        this.tls = settings.tls().isPresent();
        this.h2c = settings.h2c().isPresent();
        this.plain =
                new LoggedListener("front-door", false, () -> open(BalancerVerticle::plain), this::connectionsOpen);
        this.encrypted = new LoggedListener(
                "front-door-tls", true, () -> open(BalancerVerticle::encrypted), this::connectionsOpen);
        this.clearText = new LoggedListener(
                "front-door-h2c", false, () -> open(BalancerVerticle::clearText), this::connectionsOpen);
    }

    LoggedListener plain() {
        return plain;
    }

    LoggedListener encrypted() {
        return encrypted;
    }

    LoggedListener clearText() {
        return clearText;
    }

    /** The one by which a request came. With one address alone nothing is asked of the request. */
    LoggedListener of(HttpServerRequest request) {
        if (tls && request.isSSL()) {
            return encrypted;
        }
        // Without TLS only the port for it speaks HTTP/2.
        return h2c && request.version() == HttpVersion.HTTP_2 ? clearText : plain;
    }

    /** Connections open at all of them. */
    long connectionsOpen() {
        return Stream.of(plain, encrypted, clearText)
                .mapToLong(address -> address.connections().getAsLong())
                .sum();
    }

    /**
     * What statistics have a row for.
     *
     * @param limit connections that may be open at all of them
     */
    List<HttpListenerStats> listeners(IntSupplier limit) {
        Stream<HttpListenerStats> all = Stream.of(listener(plain, limit, BalancerVerticle::plain));
        if (tls) {
            all = Stream.concat(all, Stream.of(listener(encrypted, limit, BalancerVerticle::encrypted)));
        }
        if (h2c) {
            all = Stream.concat(all, Stream.of(listener(clearText, limit, BalancerVerticle::clearText)));
        }
        return all.toList();
    }

    private HttpListenerStats listener(
            LoggedListener address, IntSupplier limit, Function<BalancerVerticle, ListenerCounts> counts) {
        return new HttpListenerStats(
                address.name(), limit, loops.stream().map(counts).toList());
    }

    private long open(Function<BalancerVerticle, ListenerCounts> counts) {
        return loops.stream()
                .mapToLong(loop -> counts.apply(loop).snapshot().connectionsOpen())
                .sum();
    }
}
