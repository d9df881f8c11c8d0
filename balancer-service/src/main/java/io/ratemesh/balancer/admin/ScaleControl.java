package io.ratemesh.balancer.admin;

import io.vertx.core.Future;

/** Starts and stops converters. */
public interface ScaleControl {

    /**
     * Sets the number of converters, and turns automatic scaling off.
     *
     * @param count 0 or more
     */
    Future<Void> converters(int count);

    /** Turns automatic scaling on or off. */
    Future<Void> auto(boolean on);
}
