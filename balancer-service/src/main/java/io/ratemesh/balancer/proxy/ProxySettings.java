package io.ratemesh.balancer.proxy;

import io.ratemesh.balancer.http.TrustedProxies;
import java.time.Duration;

/**
 * How a data path behaves.
 *
 * @param frontDoorPort as clients know it
 * @param clientPatience how long a client may take nothing of its response
 * @param pipelining requests that may be under way on one connection to an upstream; 0 for one at a time
 * @param pipelinePatience how long such a connection may bring nothing before what waits behind its first request leaves it
 * @param tunnelIdle how long nothing may move in a tunnel before it is closed
 * @param trusted whose word on who asked is taken
 * @param log who hears of each exchange as it ends
 */
public record ProxySettings(
        int frontDoorPort,
        Duration clientPatience,
        int pipelining,
        Duration pipelinePatience,
        Duration tunnelIdle,
        TrustedProxies trusted,
        ExchangeLog log) {

    private static final Duration CLIENT_PATIENCE = Duration.ofSeconds(30);
    private static final Duration PIPELINE_PATIENCE = Duration.ofSeconds(2);
    private static final Duration TUNNEL_IDLE = Duration.ofHours(1);

    /** What holds where nothing is said. */
    public static ProxySettings of(int frontDoorPort) {
        return new ProxySettings(
                frontDoorPort,
                CLIENT_PATIENCE,
                0,
                PIPELINE_PATIENCE,
                TUNNEL_IDLE,
                TrustedProxies.NONE,
                ExchangeLog.NONE);
    }

    public ProxySettings withClientPatience(Duration value) {
        return new ProxySettings(frontDoorPort, value, pipelining, pipelinePatience, tunnelIdle, trusted, log);
    }

    /** For upstreams that are known to keep the order of pipelined requests (RFC 9112 §9.3.2): our own. */
    public ProxySettings withPipelining(int value) {
        return new ProxySettings(frontDoorPort, clientPatience, value, pipelinePatience, tunnelIdle, trusted, log);
    }

    public ProxySettings withPipelinePatience(Duration value) {
        return new ProxySettings(frontDoorPort, clientPatience, pipelining, value, tunnelIdle, trusted, log);
    }

    public ProxySettings withTunnelIdle(Duration value) {
        return new ProxySettings(frontDoorPort, clientPatience, pipelining, pipelinePatience, value, trusted, log);
    }

    public ProxySettings withTrusted(TrustedProxies value) {
        return new ProxySettings(frontDoorPort, clientPatience, pipelining, pipelinePatience, tunnelIdle, value, log);
    }

    public ProxySettings withLog(ExchangeLog value) {
        return new ProxySettings(
                frontDoorPort, clientPatience, pipelining, pipelinePatience, tunnelIdle, trusted, value);
    }
}
