package io.ratemesh.balancer.tcp;

import io.ratemesh.balancer.loadbalance.Pool;

/** What statistics use of a listener in TCP mode. Thread-safe. */
public interface TcpListenerStats {

    /** The name of the listener and of its pool. */
    String name();

    /** Its servers. */
    Pool pool();

    /** A snapshot of the listener and its servers. */
    TcpSnapshot snapshot();
}
