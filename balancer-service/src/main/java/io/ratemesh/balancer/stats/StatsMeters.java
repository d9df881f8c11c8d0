package io.ratemesh.balancer.stats;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.ratemesh.balancer.pool.UpstreamSnapshot;
import io.ratemesh.balancer.proxy.FrontDoorSnapshot;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Shows the counts as metrics: read when somebody asks, so that a request pays nothing for it. */
final class StatsMeters {

    private final Stats stats;
    private final MultiGauge inFlight;
    private final MultiGauge requests;
    private final MultiGauge up;

    StatsMeters(Stats stats, MeterRegistry meters) {
        this.stats = stats;
        counter(meters, "ratemesh.frontdoor.requests", FrontDoorSnapshot::requests);
        counter(meters, "ratemesh.frontdoor.refused", FrontDoorSnapshot::refused);
        counter(meters, "ratemesh.frontdoor.abandoned", FrontDoorSnapshot::abandoned);
        counter(meters, "ratemesh.frontdoor.connections", FrontDoorSnapshot::connections);
        counter(meters, "ratemesh.frontdoor.received.bytes", FrontDoorSnapshot::bytesIn);
        counter(meters, "ratemesh.frontdoor.sent.bytes", FrontDoorSnapshot::bytesOut);
        answers(meters, "2xx", counts -> counts.answers().success());
        answers(meters, "3xx", counts -> counts.answers().redirection());
        answers(meters, "4xx", counts -> counts.answers().clientError());
        answers(meters, "5xx", counts -> counts.answers().serverError());
        Gauge.builder(
                        "ratemesh.frontdoor.connections.open",
                        stats,
                        s -> s.frontDoor().connectionsOpen())
                .register(meters);
        inFlight = MultiGauge.builder("ratemesh.upstream.inflight").register(meters);
        requests = MultiGauge.builder("ratemesh.upstream.requests").register(meters);
        up = MultiGauge.builder("ratemesh.upstream.up").register(meters);
    }

    /** Takes over which upstreams there are now; to be called before the metrics are read. */
    void follow() {
        List<UpstreamSnapshot> upstreams = stats.pool().snapshot().servers();
        inFlight.register(rows(upstreams, upstream -> upstream.counts().inFlight()), true);
        requests.register(rows(upstreams, upstream -> upstream.counts().requests()), true);
        up.register(rows(upstreams, upstream -> upstream.availability().takesRequests() ? 1 : 0), true);
    }

    private List<Row<?>> rows(List<UpstreamSnapshot> upstreams, ToDoubleFunction<UpstreamSnapshot> value) {
        return upstreams.stream()
                .<Row<?>>map(upstream ->
                        Row.of(Tags.of("pool", stats.pool().name(), "server", upstream.id()), upstream, value))
                .toList();
    }

    private void counter(MeterRegistry meters, String name, ToDoubleFunction<FrontDoorSnapshot> value) {
        FunctionCounter.builder(name, stats, s -> value.applyAsDouble(s.frontDoor()))
                .register(meters);
    }

    private void answers(MeterRegistry meters, String statusClass, ToDoubleFunction<FrontDoorSnapshot> value) {
        FunctionCounter.builder("ratemesh.frontdoor.answers", stats, s -> value.applyAsDouble(s.frontDoor()))
                .tag("status", statusClass)
                .register(meters);
    }
}
