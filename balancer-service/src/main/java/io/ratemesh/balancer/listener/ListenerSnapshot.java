package io.ratemesh.balancer.listener;

import io.ratemesh.balancer.upstream.ResponseCounts;

/**
 * Counts of the front door since its start, of one loop or of all.
 *
 * @param requests requests that came
 * @param refused of these, not understood or not allowed
 * @param abandoned of these, those whose client left early
 * @param bytesIn body bytes from clients
 * @param bytesOut body bytes to clients
 * @param connections connections that were let in
 * @param connectionsOpen connections that are open now
 * @param connectionsRefused connections that were not let in
 * @param answers what was answered
 */
public record ListenerSnapshot(
        long requests,
        long refused,
        long abandoned,
        long bytesIn,
        long bytesOut,
        long connections,
        long connectionsOpen,
        long connectionsRefused,
        ResponseCounts answers) {

    /** Nothing counted. */
    public static final ListenerSnapshot NONE = new ListenerSnapshot(0, 0, 0, 0, 0, 0, 0, 0, ResponseCounts.NONE);

    /** Both together. */
    public ListenerSnapshot plus(ListenerSnapshot other) {
        return new ListenerSnapshot(
                requests + other.requests,
                refused + other.refused,
                abandoned + other.abandoned,
                bytesIn + other.bytesIn,
                bytesOut + other.bytesOut,
                connections + other.connections,
                connectionsOpen + other.connectionsOpen,
                connectionsRefused + other.connectionsRefused,
                answers.plus(other.answers));
    }
}
