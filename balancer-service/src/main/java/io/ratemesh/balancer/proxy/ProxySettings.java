package io.ratemesh.balancer.proxy;

import io.ratemesh.balancer.http.TrustedProxies;
import java.time.Duration;

/**
 * The settings of a {@link Proxy}.
 *
 * @param port of the listener for plain HTTP
 * @param clientTimeout how long a client may read nothing of its response
 * @param pipelining maximum number of requests under way on one connection to an upstream; 0 for one at a time
 * @param stallTimeout how long a shared connection may receive nothing before the requests behind its first one leave it
 * @param tunnelTimeout how long a tunnel may be idle
 * @param trusted proxies whose {@code X-Forwarded-*} fields are used
 * @param log of exchanges
 */
public record ProxySettings(
        int port,
        Duration clientTimeout,
        int pipelining,
        Duration stallTimeout,
        Duration tunnelTimeout,
        TrustedProxies trusted,
        ExchangeLog log) {

    private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration TUNNEL_TIMEOUT = Duration.ofHours(1);

    /** The defaults. */
    public static ProxySettings of(int port) {
        return new ProxySettings(
                port, CLIENT_TIMEOUT, 0, STALL_TIMEOUT, TUNNEL_TIMEOUT, TrustedProxies.NONE, ExchangeLog.NONE);
    }

    public ProxySettings withClientTimeout(Duration value) {
        return new ProxySettings(port, value, pipelining, stallTimeout, tunnelTimeout, trusted, log);
    }

    /** For upstreams that are known to keep the order of pipelined requests (RFC 9112 §9.3.2): our own. */
    public ProxySettings withPipelining(int value) {
        return new ProxySettings(port, clientTimeout, value, stallTimeout, tunnelTimeout, trusted, log);
    }

    public ProxySettings withStallTimeout(Duration value) {
        return new ProxySettings(port, clientTimeout, pipelining, value, tunnelTimeout, trusted, log);
    }

    public ProxySettings withTunnelTimeout(Duration value) {
        return new ProxySettings(port, clientTimeout, pipelining, stallTimeout, value, trusted, log);
    }

    public ProxySettings withTrusted(TrustedProxies value) {
        return new ProxySettings(port, clientTimeout, pipelining, stallTimeout, tunnelTimeout, value, log);
    }

    public ProxySettings withLog(ExchangeLog value) {
        return new ProxySettings(port, clientTimeout, pipelining, stallTimeout, tunnelTimeout, trusted, value);
    }
}
