package io.ratemesh.benchmarks.faults;

/** Changes the upstreams of a running proxy. Upstreams are given by their ports. */
interface ProxyControl {

    /** Stops new requests to an upstream; requests in progress end. */
    void drain(int upstream);

    /** Enables a drained upstream. */
    void enable(int upstream);

    void add(int upstream);
}
