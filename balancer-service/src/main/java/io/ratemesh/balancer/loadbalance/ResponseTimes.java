package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.LatencyHistogram;
import io.ratemesh.balancer.upstream.ResponseCounts;
import io.ratemesh.balancer.upstream.SlowStart.Pace;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamCounts;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How fast upstreams respond.
 *
 * @param latencies from a request to the head of its response
 * @param responses HTTP responses below 500
 * @param failures requests without one
 */
record ResponseTimes(LatencyHistogram.Ever latencies, long responses, long failures) {

    static final ResponseTimes NONE = new ResponseTimes(new LatencyHistogram.Ever(), 0, 0);

    /** Fewer are no base for a percentile. */
    private static final int MIN_RESPONSES = 20;

    /** A cold process is slow in its slowest tenth first. */
    private static final double SHARE = 0.9;

    private static final double AS_FAST = 1.5;
    private static final double MUCH_SLOWER = 3;

    /** Those of each upstream since the start, over all event loops. */
    static Map<Upstream, ResponseTimes> of(List<PoolOnLoop> loops) {
        Map<Upstream, ResponseTimes> times = new HashMap<>();
        for (PoolOnLoop loop : loops) {
            for (UpstreamOnLoop member : loop.members()) {
                times.merge(member.upstream(), of(member), ResponseTimes::plus);
            }
        }
        return times;
    }

    private static ResponseTimes of(UpstreamOnLoop member) {
        UpstreamCounts counts = member.counts();
        ResponseCounts codes = counts.responses();
        return new ResponseTimes(
                new LatencyHistogram.Ever().add(member.latencies()),
                codes.success() + codes.redirection() + codes.clientError(),
                codes.serverError() + counts.connectErrors() + counts.responseErrors() + counts.serverAborts());
    }

    ResponseTimes plus(ResponseTimes other) {
        return new ResponseTimes(
                latencies.plus(other.latencies), responses + other.responses, failures + other.failures);
    }

    ResponseTimes minus(ResponseTimes earlier) {
        return new ResponseTimes(
                latencies.minus(earlier.latencies), responses - earlier.responses, failures - earlier.failures);
    }

    /** The pace of an upstream in slow start with these times, among peers with those; empty where there are too few of either. */
    Optional<Pace> paceAmong(ResponseTimes peers) {
        if (responses < MIN_RESPONSES || peers.responses < MIN_RESPONSES) {
            return Optional.empty();
        }
        double ratio = (double) latencies.quantile(SHARE) / peers.latencies.quantile(SHARE);
        if (ratio > MUCH_SLOWER) {
            return Optional.of(Pace.HELD);
        }
        // Errors may be fast.
        return Optional.of(ratio <= AS_FAST && failures == 0 ? Pace.RAISED : Pace.BY_CLOCK);
    }
}
