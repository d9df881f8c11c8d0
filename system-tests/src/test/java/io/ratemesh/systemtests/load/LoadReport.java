package io.ratemesh.systemtests.load;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The outcome of the requests of a load.
 *
 * @param requests all of them
 * @param failures what went wrong, and how often; empty if every request got the correct response
 * @param responsesByNode responses by node
 * @param slowest the longest time to a response
 * @param slowestEnded when that response arrived, to find it in the logs of the nodes
 */
public record LoadReport(
        long requests,
        Map<String, Integer> failures,
        Map<String, Integer> responsesByNode,
        Duration slowest,
        Instant slowestEnded) {

    public int failed() {
        return failures.values().stream().mapToInt(Integer::intValue).sum();
    }
}
