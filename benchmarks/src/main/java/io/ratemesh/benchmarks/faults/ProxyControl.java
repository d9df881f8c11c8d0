package io.ratemesh.benchmarks.faults;

/** How servers are taken out of a front door that runs, and brought in: by its own means. Servers go by their ports. */
interface ProxyControl {

    /** No new requests to it; those under way end. */
    void drain(int upstream);

    /** Requests to it again. */
    void bringBack(int upstream);

    /** One that the front door does not know yet. */
    void add(int upstream);
}
