package io.ratemesh.balancer;

import io.ratemesh.balancer.log.LoggedAddress;
import io.ratemesh.balancer.proxy.FrontDoorCounts;
import io.ratemesh.balancer.stats.FrontListener;
import io.ratemesh.node.settings.BalancerSettings;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/** The addresses at which the front door speaks HTTP, by the names that statistics and the access log give them. */
final class HttpAddresses {

    private final List<BalancerVerticle> loops;
    private final boolean tls;
    private final boolean h2c;
    private final LoggedAddress plain;
    private final LoggedAddress encrypted;
    private final LoggedAddress clearText;

    /**
     * As they are set.
     *
     * @param loops the front door's, as many as there are at a time; read from any thread
     */
    HttpAddresses(BalancerSettings settings, List<BalancerVerticle> loops) {
        this.loops = loops;
        this.tls = settings.tls().isPresent();
        this.h2c = settings.h2c().isPresent();
        this.plain = new LoggedAddress("front-door", false, () -> open(BalancerVerticle::plain));
        this.encrypted = new LoggedAddress("front-door-tls", true, () -> open(BalancerVerticle::encrypted));
        this.clearText = new LoggedAddress("front-door-h2c", false, () -> open(BalancerVerticle::clearText));
    }

    LoggedAddress plain() {
        return plain;
    }

    LoggedAddress encrypted() {
        return encrypted;
    }

    LoggedAddress clearText() {
        return clearText;
    }

    /** The one by which a request came. With one address alone nothing is asked of the request. */
    LoggedAddress of(HttpServerRequest request) {
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
    List<FrontListener> listeners(IntSupplier limit) {
        Stream<FrontListener> all = Stream.of(listener(plain, limit, BalancerVerticle::plain));
        if (tls) {
            all = Stream.concat(all, Stream.of(listener(encrypted, limit, BalancerVerticle::encrypted)));
        }
        if (h2c) {
            all = Stream.concat(all, Stream.of(listener(clearText, limit, BalancerVerticle::clearText)));
        }
        return all.toList();
    }

    private FrontListener listener(
            LoggedAddress address, IntSupplier limit, Function<BalancerVerticle, FrontDoorCounts> counts) {
        return new FrontListener(
                address.name(), limit, loops.stream().map(counts).toList());
    }

    private long open(Function<BalancerVerticle, FrontDoorCounts> counts) {
        return loops.stream()
                .mapToLong(loop -> counts.apply(loop).snapshot().connectionsOpen())
                .sum();
    }
}
