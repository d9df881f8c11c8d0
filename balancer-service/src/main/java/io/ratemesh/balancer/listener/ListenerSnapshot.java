package io.ratemesh.balancer.listener;

import io.ratemesh.balancer.upstream.ResponseCounts;

/**
 * Counts of a listener since its start, of one event loop or of all.
 *
 * @param requests received
 * @param rejected of these, invalid or not allowed
 * @param clientAborts of these, aborted by the client
 * @param bytesIn body bytes from clients
 * @param bytesOut body bytes to clients
 * @param connections accepted
 * @param connectionsOpen open now
 * @param connectionsRefused refused
 * @param responses by class of status
 */
public record ListenerSnapshot(
        long requests,
        long rejected,
        long clientAborts,
        long bytesIn,
        long bytesOut,
        long connections,
        long connectionsOpen,
        long connectionsRefused,
        ResponseCounts responses) {

    /** Nothing counted. */
    public static final ListenerSnapshot NONE = new ListenerSnapshot(0, 0, 0, 0, 0, 0, 0, 0, ResponseCounts.NONE);

    /** Both together. */
    public ListenerSnapshot plus(ListenerSnapshot other) {
        return new ListenerSnapshot(
                requests + other.requests,
                rejected + other.rejected,
                clientAborts + other.clientAborts,
                bytesIn + other.bytesIn,
                bytesOut + other.bytesOut,
                connections + other.connections,
                connectionsOpen + other.connectionsOpen,
                connectionsRefused + other.connectionsRefused,
                responses.plus(other.responses));
    }
}
