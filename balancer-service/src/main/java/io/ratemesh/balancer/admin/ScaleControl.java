package io.ratemesh.balancer.admin;

import io.vertx.core.Future;

/** Who can start and stop converters. */
public interface ScaleControl {

    /**
     * So many converters, and no more by itself.
     *
     * @param count 0 or more
     */
    Future<Void> converters(int count);

    /** Whether their number follows the load. */
    Future<Void> auto(boolean on);
}
