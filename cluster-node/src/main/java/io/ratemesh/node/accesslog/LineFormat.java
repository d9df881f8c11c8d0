package io.ratemesh.node.accesslog;

/**
 * Formats entries as lines. Only the thread that writes the log uses it.
 *
 * @param <E> the type of the entries
 */
public interface LineFormat<E> {

    /** Called before the entries of one queue are formatted. */
    default void startBatch() {}

    /** Appends the line of an entry, with its line end. */
    void write(E entry, LineBuffer to);
}
