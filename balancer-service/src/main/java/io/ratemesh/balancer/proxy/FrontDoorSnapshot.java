package io.ratemesh.balancer.proxy;

import io.ratemesh.balancer.pool.Answers;

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
public record FrontDoorSnapshot(
        long requests,
        long refused,
        long abandoned,
        long bytesIn,
        long bytesOut,
        long connections,
        long connectionsOpen,
        long connectionsRefused,
        Answers answers) {

    /** Nothing counted. */
    public static final FrontDoorSnapshot NONE = new FrontDoorSnapshot(0, 0, 0, 0, 0, 0, 0, 0, Answers.NONE);

    /** Both together. */
    public FrontDoorSnapshot plus(FrontDoorSnapshot other) {
        return new FrontDoorSnapshot(
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
