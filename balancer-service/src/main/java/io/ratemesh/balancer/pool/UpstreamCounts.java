package io.ratemesh.balancer.pool;

/**
 * What happened to the requests for one upstream since it is known, on one loop or on all.
 *
 * @param inFlight under way now
 * @param requests sent there
 * @param refusedConnects connects it refused
 * @param brokenAnswers answers that broke off or never came
 * @param retriedElsewhere requests that failed there and went to another
 * @param bytesIn body bytes to it
 * @param bytesOut body bytes from it
 * @param answers what it answered
 */
public record UpstreamCounts(
        long inFlight,
        long requests,
        long refusedConnects,
        long brokenAnswers,
        long retriedElsewhere,
        long bytesIn,
        long bytesOut,
        Answers answers) {

    /** Nothing counted. */
    public static final UpstreamCounts NONE = new UpstreamCounts(0, 0, 0, 0, 0, 0, 0, Answers.NONE);

    /** Both together. */
    public UpstreamCounts plus(UpstreamCounts other) {
        return new UpstreamCounts(
                inFlight + other.inFlight,
                requests + other.requests,
                refusedConnects + other.refusedConnects,
                brokenAnswers + other.brokenAnswers,
                retriedElsewhere + other.retriedElsewhere,
                bytesIn + other.bytesIn,
                bytesOut + other.bytesOut,
                answers.plus(other.answers));
    }
}
