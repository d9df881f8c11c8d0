package io.ratemesh.balancer.proxy;

import java.time.Duration;

/**
 * How a data path behaves.
 *
 * @param frontDoorPort as clients know it
 * @param patience how long an upstream may take to begin its answer, and a client to take some of it
 * @param tryPatience how much of it goes by before another upstream is asked, where a request may be repeated
 * @param pipelining requests that may be under way on one connection to an upstream; 0 for one at a time
 * @param pipelinePatience how long such a connection may bring nothing before all that was asked on it is asked anew
 * @param tunnelIdle how long nothing may move in a tunnel before it is closed
 * @param trusted whose word on who asked is taken
 * @param log who hears of each exchange as it ends
 */
public record ProxySettings(
        int frontDoorPort,
        Duration patience,
        Duration tryPatience,
        int pipelining,
        Duration pipelinePatience,
        Duration tunnelIdle,
        TrustedProxies trusted,
        ExchangeLog log) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** This part of the patience is for the first try. */
    private static final int TRIES = 3;

    private static final Duration PIPELINE_PATIENCE = Duration.ofSeconds(2);
    private static final Duration TUNNEL_IDLE = Duration.ofHours(1);

    /** What holds where nothing is said. */
    public static ProxySettings of(int frontDoorPort) {
        return new ProxySettings(
                frontDoorPort,
                PATIENCE,
                PATIENCE.dividedBy(TRIES),
                0,
                PIPELINE_PATIENCE,
                TUNNEL_IDLE,
                TrustedProxies.NONE,
                ExchangeLog.NONE);
    }

    public ProxySettings withPatience(Duration value) {
        return new ProxySettings(
                frontDoorPort, value, value.dividedBy(TRIES), pipelining, pipelinePatience, tunnelIdle, trusted, log);
    }

    /** For upstreams that are known to keep the order of pipelined requests (RFC 9112 §9.3.2): our own. */
    public ProxySettings withPipelining(int value) {
        return new ProxySettings(
                frontDoorPort, patience, tryPatience, value, pipelinePatience, tunnelIdle, trusted, log);
    }

    public ProxySettings withPipelinePatience(Duration value) {
        return new ProxySettings(frontDoorPort, patience, tryPatience, pipelining, value, tunnelIdle, trusted, log);
    }

    public ProxySettings withTunnelIdle(Duration value) {
        return new ProxySettings(
                frontDoorPort, patience, tryPatience, pipelining, pipelinePatience, value, trusted, log);
    }

    public ProxySettings withTrusted(TrustedProxies value) {
        return new ProxySettings(
                frontDoorPort, patience, tryPatience, pipelining, pipelinePatience, tunnelIdle, value, log);
    }

    public ProxySettings withLog(ExchangeLog value) {
        return new ProxySettings(
                frontDoorPort, patience, tryPatience, pipelining, pipelinePatience, tunnelIdle, trusted, value);
    }
}
