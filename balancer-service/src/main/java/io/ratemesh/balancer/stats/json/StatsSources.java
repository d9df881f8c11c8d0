package io.ratemesh.balancer.stats.json;

import io.ratemesh.balancer.stats.EventLog;
import io.ratemesh.balancer.stats.FeedReportLog;
import io.ratemesh.balancer.stats.RateTracker;
import io.ratemesh.balancer.stats.TrafficHistory;
import io.ratemesh.node.announce.Announcement;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Supplier;

/**
 * Where the JSON has its values from, besides the counters.
 *
 * @param self the announcement of this balancer
 * @param nodes the announcements of all nodes
 * @param scaler the status of the scaler
 * @param certificates in use, each as {@link CertificateJson} writes it
 * @param staleAfter the age at which rates are stale
 * @param rates per second
 * @param traffic of the last five minutes
 * @param feeds the last status of the feeds
 * @param events the last events
 */
public record StatsSources(
        Supplier<Announcement> self,
        Supplier<? extends Collection<Announcement>> nodes,
        Supplier<JsonObject> scaler,
        Supplier<JsonArray> certificates,
        Duration staleAfter,
        RateTracker rates,
        TrafficHistory traffic,
        FeedReportLog feeds,
        EventLog events) {}
