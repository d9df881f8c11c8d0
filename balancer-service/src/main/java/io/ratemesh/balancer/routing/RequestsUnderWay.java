package io.ratemesh.balancer.routing;

import io.ratemesh.node.settings.AccessSettings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts the requests of a route that are under way, in all and of each client. All event loops share it. */
final class RequestsUnderWay {

    private final AccessSettings.Concurrency limit;
    private final Map<Long, Integer> perClient = new HashMap<>();
    private int requests;

    RequestsUnderWay(AccessSettings.Concurrency limit) {
        this.limit = limit;
    }

    /**
     * Counts a request that begins; false, and nothing is counted, where there would be too many.
     *
     * @param client its network; null where it has none
     */
    synchronized boolean begin(@Nullable Long client) {
        if (limit.requests() > 0 && requests >= limit.requests()) {
            return false;
        }
        if (client != null && limit.perClient() > 0) {
            if (perClient.getOrDefault(client, 0) >= limit.perClient()) {
                return false;
            }
            perClient.merge(client, 1, Integer::sum);
        }
        requests++;
        return true;
    }

    /** A request that was counted has ended. */
    synchronized void end(@Nullable Long client) {
        requests--;
        if (client != null) {
            perClient.computeIfPresent(client, (ignored, count) -> count == 1 ? null : count - 1);
        }
    }
}
