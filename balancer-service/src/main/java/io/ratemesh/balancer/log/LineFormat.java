package io.ratemesh.balancer.log;

/** How a line looks. One thread uses it. */
interface LineFormat {

    /** Appends one line, its end included. */
    void write(AccessEntry entry, Surroundings around, LineBuffer to);
}
