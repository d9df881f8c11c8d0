package io.ratemesh.balancer.tcp;

import io.ratemesh.balancer.loadbalance.PoolSnapshot;
import io.ratemesh.node.settings.BalancerSettings.Listen;

/**
 * What is known of a port at one moment: all that HAProxy's rows of mode tcp say. A connection is what elsewhere is a request, so
 * of a server's counts the {@code answers} are the connections on which it was heard, all of no class, and its latencies are
 * those of connecting.
 *
 * @param name its name and its pool's (pxname)
 * @param listen where it listens
 * @param accepting whether it does (status: OPEN, else STOP)
 * @param limit connections that may be open at once (slim)
 * @param maxOpen that were at most, those included that did not say yet whose they are (smax)
 * @param refused connections that were refused before anything of them was read, and count nowhere else (dcon)
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
