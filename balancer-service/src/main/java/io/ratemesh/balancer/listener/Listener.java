package io.ratemesh.balancer.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.AttributeKey;
import io.ratemesh.balancer.vertx.EarlyAcceptor;
import io.ratemesh.balancer.vertx.VertxConnections;
import io.ratemesh.node.settings.BalancerSettings;
import io.ratemesh.node.settings.BalancerSettings.Listen;
import io.vertx.core.http.HttpConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An address that clients speak HTTP to. All event loops share it; each accepts some of its connections. */
public final class Listener implements EarlyAcceptor {

    private static final AttributeKey<Listener> OF = AttributeKey.valueOf(Listener.class, "of");

    private final String name;
    private final ListenerProtocol protocol;
    private final Listen address;
    private final boolean proxyProtocol;
    private final ConnectionLimit limit;
    private final List<ListenerCounts> counts = new CopyOnWriteArrayList<>();
    private final Map<EventLoop, ConnectionInitializer> initializers = new ConcurrentHashMap<>();
    private volatile int port;

    /**
     * With nothing counted yet, and no loop that accepts.
     *
     * @param name in statistics and the access log
     * @param proxyProtocol whether every connection starts with the PROXY protocol
     * @param limit on connections; listeners may share it
     */
    public Listener(
            String name, ListenerProtocol protocol, Listen address, boolean proxyProtocol, ConnectionLimit limit) {
        this.name = name;
        this.protocol = protocol;
        this.address = address;
        this.proxyProtocol = proxyProtocol;
        this.limit = limit;
        this.port = address.port();
    }

    /** The listeners that the settings configure, in the order in which statistics have them. */
    static List<Listener> configured(BalancerSettings settings, ConnectionLimit limit) {
        List<Listener> all = new ArrayList<>();
        all.add(new Listener(
                "front-door",
                ListenerProtocol.HTTP,
                settings.http().listen(),
                settings.http().proxyProtocol(),
                limit));
        settings.tls()
                .ifPresent(tls -> all.add(new Listener(
                        "front-door-tls", ListenerProtocol.HTTPS, tls.listen(), tls.proxyProtocol(), limit)));
        settings.h2c()
                .ifPresent(h2c -> all.add(new Listener(
                        "front-door-h2c", ListenerProtocol.H2C, h2c.listen(), h2c.proxyProtocol(), limit)));
        return List.copyOf(all);
    }

    /** The listener that accepted a connection. */
    public static Listener of(HttpConnection connection) {
        return Objects.requireNonNull(VertxConnections.attribute(connection, OF), "accepted by a listener");
    }

    public String name() {
        return name;
    }

    public ListenerProtocol protocol() {
        return protocol;
    }

    /** The name as HAProxy's log has it: marked with {@code ~} for TLS ({@code %ft}, configuration manual, 8.2.6). */
    public String markedName() {
        return protocol == ListenerProtocol.HTTPS ? name + "~" : name;
    }

    /** As configured. */
    Listen address() {
        return address;
    }

    public String bind() {
        return address.bind();
    }

    /** The port it listens on; 0 where any free one may be taken and none is yet. */
    public int port() {
        return port;
    }

    boolean proxyProtocol() {
        return proxyProtocol;
    }

    /** Connections that may be open now; listeners may share them. */
    public int connectionsLimit() {
        return limit.max();
    }

    /** Connections that are open now. */
    public long connectionsOpen() {
        return counts.stream().mapToLong(ListenerCounts::connectionsOpen).sum();
    }

    /** Connections that are open now at all listeners with the same limit, including those that have not started yet. */
    public long totalConnectionsOpen() {
        return limit.open();
    }

    /** What all event loops have counted. */
    public ListenerSnapshot snapshot() {
        return counts.stream().map(ListenerCounts::snapshot).reduce(ListenerSnapshot.NONE, ListenerSnapshot::plus);
    }

    /** Counts for one more event loop. */
    public ListenerCounts addLoop() {
        ListenerCounts added = new ListenerCounts();
        counts.add(added);
        return added;
    }

    /** Accepts connections on this loop from now on. */
    void accept(EventLoop loop, ConnectionInitializer initializer) {
        initializers.put(loop, initializer);
    }

    void listening(int actualPort) {
        port = actualPort;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // Closing cannot fail in a way that matters.
    public void accepted(Channel channel, ChannelHandler server) {
        ConnectionInitializer initializer = initializers.get(channel.eventLoop());
        if (initializer == null) {
            channel.close();
        } else {
            channel.attr(OF).set(this);
            initializer.accepted(channel, server);
        }
    }
}
