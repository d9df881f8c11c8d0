package io.ratemesh.balancer.stats;

import io.ratemesh.balancer.pool.Answers;
import io.ratemesh.balancer.pool.CheckOutcome;
import io.ratemesh.balancer.pool.UpstreamCounts;
import io.ratemesh.balancer.pool.UpstreamSnapshot;
import io.ratemesh.balancer.proxy.FrontDoorSnapshot;
import io.ratemesh.node.announce.Announcement;
import io.ratemesh.node.lifecycle.Node;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;

/** All of the statistics as JSON. */
final class StatsJson {

    private StatsJson() {}

    static JsonObject write(Node node, Stats stats, EventLog events, Instant now) {
        Announcement self = node.announcer().current();
        JsonArray nodes = new JsonArray();
        node.directory().present().forEach(each -> nodes.add(each.toJson()));
        JsonArray servers = new JsonArray();
        stats.pool().snapshot().servers().forEach(upstream -> servers.add(server(upstream, now)));
        return new JsonObject()
                .put("node", self.id())
                .put("build", self.build())
                .put("at", now.toString())
                .put("uptimeSeconds", Duration.between(self.startedAt(), now).toSeconds())
                .put("frontDoor", frontDoor(stats.frontDoor()))
                .put(
                        "pools",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("name", stats.pool().name())
                                        .put("algorithm", "least-connections")
                                        .put("inFlight", stats.inFlight())
                                        .put("servers", servers)))
                .put("nodes", nodes)
                .put("events", events.toJson());
    }

    private static JsonObject frontDoor(FrontDoorSnapshot counts) {
        return new JsonObject()
                .put("connections", counts.connections())
                .put("connectionsOpen", counts.connectionsOpen())
                .put("requests", counts.requests())
                .put("refused", counts.refused())
                .put("abandoned", counts.abandoned())
                .put("bytesIn", counts.bytesIn())
                .put("bytesOut", counts.bytesOut())
                .put("answers", answers(counts.answers()));
    }

    private static JsonObject server(UpstreamSnapshot upstream, Instant now) {
        UpstreamCounts counts = upstream.counts();
        JsonObject server = new JsonObject()
                .put("id", upstream.id())
                .put("address", upstream.host() + ":" + upstream.port())
                .put(
                        "state",
                        upstream.availability().takesRequests()
                                ? "UP"
                                : upstream.availability().name())
                .put("weight", upstream.weight())
                .put("percent", upstream.percent())
                .put("since", now.minus(upstream.sinceChange()).toString())
                .put("inFlight", counts.inFlight())
                .put("requests", counts.requests())
                .put("refusedConnects", counts.failedConnects())
                .put("brokenAnswers", counts.brokenAnswers())
                .put("retriedElsewhere", counts.retriedElsewhere())
                .put("bytesIn", counts.bytesIn())
                .put("bytesOut", counts.bytesOut())
                .put("checksFailed", upstream.checksFailed())
                .put("timesDown", upstream.timesDown())
                .put("answers", answers(counts.answers()));
        upstream.lastCheck().ifPresent(check -> server.put("lastCheck", check(check)));
        return server;
    }

    private static JsonObject check(CheckOutcome check) {
        return new JsonObject()
                .put("at", check.at().toString())
                .put("passed", check.passed())
                .put("status", check.status())
                .put("millis", check.took().toMillis())
                .put("detail", check.detail());
    }

    private static JsonObject answers(Answers answers) {
        return new JsonObject()
                .put("1xx", answers.informational())
                .put("2xx", answers.success())
                .put("3xx", answers.redirection())
                .put("4xx", answers.clientError())
                .put("5xx", answers.serverError())
                .put("other", answers.other());
    }
}
