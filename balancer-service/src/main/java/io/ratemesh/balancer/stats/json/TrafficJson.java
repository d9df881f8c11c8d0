package io.ratemesh.balancer.stats.json;

import io.ratemesh.balancer.stats.TrafficHistory;
import io.ratemesh.balancer.stats.TrafficHistory.Sample;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/** HTTP traffic as JSON: one sample as an object, many as one array for each of its fields. */
final class TrafficJson {

    private TrafficJson() {}

    static JsonObject last(TrafficHistory traffic) {
        Sample last = traffic.last();
        return new JsonObject()
                .put("at", last.at().toString())
                .put("requestsPerSecond", last.requestsPerSecond())
                .put("serverErrorsPerSecond", last.serverErrorsPerSecond())
                .put("inFlight", last.inFlight())
                .put("p50", PoolJson.millis(last.p50()))
                .put("p99", PoolJson.millis(last.p99()));
    }

    static JsonObject history(TrafficHistory traffic) {
        List<Sample> samples = traffic.samples();
        return new JsonObject()
                .put("at", column(samples, sample -> sample.at().toString()))
                .put("requestsPerSecond", column(samples, Sample::requestsPerSecond))
                .put("serverErrorsPerSecond", column(samples, Sample::serverErrorsPerSecond))
                .put("inFlight", column(samples, Sample::inFlight))
                .put("p50", column(samples, sample -> PoolJson.millis(sample.p50())))
                .put("p99", column(samples, sample -> PoolJson.millis(sample.p99())));
    }

    private static JsonArray column(List<Sample> samples, Function<Sample, Object> value) {
        return new JsonArray(samples.stream().map(value).toList());
    }
}
