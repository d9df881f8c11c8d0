package io.ratemesh.balancer.tcp;

import io.ratemesh.balancer.loadbalance.PoolSnapshot;
import io.ratemesh.node.settings.BalancerSettings.Listen;

/**
 * A listener in TCP mode at one moment. HAProxy's columns are in brackets. A connection counts as a request: of a server's counts the
 * {@code responses} are connections on which it has sent bytes, all without a status class, and its latencies are those of connecting.
 *
 * @param name of the listener and of its pool (pxname)
 * @param listen its address
 * @param accepting whether it accepts connections (status: OPEN, else STOP)
 * @param limit maximum number of open connections (slim)
 * @param maxOpen the most that were open at once, with those that have sent no header of the PROXY protocol yet (smax)
 * @param refused connections that were refused before anything was read from them, and count nowhere else (dcon)
 * @param traffic of its clients (row FRONTEND)
 * @param pool its servers (rows of servers and BACKEND)
 */
public record TcpSnapshot(
        String name,
        Listen listen,
        boolean accepting,
        int limit,
        int maxOpen,
        long refused,
        TcpTotals traffic,
        PoolSnapshot pool) {}
