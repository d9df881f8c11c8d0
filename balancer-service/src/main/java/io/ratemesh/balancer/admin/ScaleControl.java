package io.ratemesh.balancer.admin;

import io.vertx.core.Future;
import java.util.Optional;

/** Changes the number of converters for an operator. */
public interface ScaleControl {

    /** The fewest converters that may be ordered. */
    int min();

    /** The most converters that may be ordered. */
    int max();

    /** Why orders cannot be carried out, as a sentence; empty if they can. */
    Optional<String> unavailable();

    /**
     * Sets the number of converters, and turns automatic scaling off.
     *
     * @param count {@link #min} to {@link #max}
     * @param by who orders it
     */
    Future<Void> converters(int count, String by);

    /**
     * Turns automatic scaling on or off.
     *
     * @param by who orders it
     */
    Future<Void> auto(boolean on, String by);
}
