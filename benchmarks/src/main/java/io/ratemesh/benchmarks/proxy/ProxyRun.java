package io.ratemesh.benchmarks.proxy;

import io.ratemesh.benchmarks.load.Comparison;
import io.ratemesh.benchmarks.load.FixedRate;
import io.ratemesh.benchmarks.load.LoadPlan;
import io.ratemesh.benchmarks.load.Spread;
import io.ratemesh.benchmarks.peer.Contenders;
import io.ratemesh.benchmarks.peer.Contenders.Started;
import io.ratemesh.benchmarks.peer.RatemeshBalancer;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Loads all by turns: first as fast as they go, then at one rate that all can hold. */
final class ProxyRun {

    /** Of load on what has been loaded before. */
    private static final int WARM_SECONDS = 2;

    private final ProxyPlan plan;
    private final Contenders lineup;
    private final PrintStream progress;

    ProxyRun(ProxyPlan plan, Contenders lineup, PrintStream progress) {
        this.plan = plan;
        this.lineup = lineup;
        this.progress = progress;
    }

    ProxyReport measure() {
        Map<Integer, Comparison> peaks = new LinkedHashMap<>();
        for (int connections : plan.connections()) {
            progress.println(connections + " connections");
            LoadPlan aim = new LoadPlan(RatemeshBalancer.TARGET, connections);
            int warmUp = peaks.isEmpty() ? plan.warmUp() : Math.min(plan.warmUp(), WARM_SECONDS);
            peaks.put(
                    connections,
                    lineup.compare(String.valueOf(connections), aim, warmUp, plan.rounds(), plan.seconds()));
        }
        return new ProxyReport(plan, lineup.says(), List.copyOf(peaks.values()), latencies(peaks));
    }

    private ProxyReport.Latencies latencies(Map<Integer, Comparison> peaks) {
        int connections = plan.latencyConnections();
        Map<String, Double> perSecond = new LinkedHashMap<>();
        Comparison usual = peaks.getOrDefault(connections, new Comparison("", Map.of()));
        lineup.all()
                .forEach(one ->
                        perSecond.put(one.name(), usual.median(one.name()).perSecond()));
        FixedShare share = FixedShare.of(perSecond, ProxyReport.COMPARED);
        progress.printf("%.0f requests a second%n", share.perSecond());
        List<Started> able = lineup.all().stream()
                .filter(one -> share.isWithin(perSecond.getOrDefault(one.name(), 0.0)))
                .toList();
        List<String> left = new ArrayList<>(perSecond.keySet());
        able.forEach(one -> left.remove(one.name()));
        LoadPlan aim = new LoadPlan(RatemeshBalancer.TARGET, connections);
        ToIntFunction<Started> port = one -> one.server().port();
        // It is the client that is still cold.
        able.forEach(one -> FixedRate.run(aim, port.applyAsInt(one), share.perSecond(), 0, plan.warmUp()));
        Map<String, List<Spread>> spreads = Contenders.turns(
                able,
                plan.rounds(),
                one -> FixedRate.run(aim, port.applyAsInt(one), share.perSecond(), 1, plan.seconds()));
        return new ProxyReport.Latencies(connections, share.perSecond(), spreads, left);
    }
}
