package io.ratemesh.systemtests.load;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What became of the requests of a load.
 *
 * @param requests all of them
 * @param failures what went wrong, and how often; empty if every request got its own right answer
 * @param answeredBy answers by node
 * @param slowest the longest that a client waited for one answer
 * @param slowestEnded when that answer came, to find it in the nodes' logs
 */
public record LoadReport(
        long requests,
        Map<String, Integer> failures,
        Map<String, Integer> answeredBy,
        Duration slowest,
        Instant slowestEnded) {

    public int failed() {
        return failures.values().stream().mapToInt(Integer::intValue).sum();
    }
}
