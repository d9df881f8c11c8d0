package io.ratemesh.balancer.tcp;

import io.ratemesh.balancer.loadbalance.Pool;

/** What statistics are told of a port whose connections are passed on as they are. Any thread may ask. */
public interface TcpListenerStats {

    /** As statistics and operators call it, and its pool. */
    String name();

    /** The servers behind it. */
    Pool pool();

    /** What is known of it and of its servers. */
    TcpSnapshot snapshot();
}
