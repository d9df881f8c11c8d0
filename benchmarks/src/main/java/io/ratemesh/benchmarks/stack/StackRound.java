package io.ratemesh.benchmarks.stack;

import io.ratemesh.benchmarks.load.Round;
import io.ratemesh.benchmarks.load.Wrk;
import io.ratemesh.benchmarks.process.ProcessUsage;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The result of one load on a stack.
 *
 * @param servers what each server took for a request of the whole stack, by {@code STACK: SERVER}
 */
record StackRound(Map<String, Round> servers) {

    static StackRound measure(ConversionStack stack, Supplier<Wrk.Load> load) {
        List<ProcessUsage> before = usage(stack);
        Wrk.Load result = load.get();
        List<ProcessUsage> after = usage(stack);
        Map<String, Round> servers = new LinkedHashMap<>();
        for (int i = 0; i < before.size(); i++) {
            servers.put(
                    stack.name() + ": " + stack.servers().get(i).name(), Round.of(result, before.get(i), after.get(i)));
        }
        return new StackRound(servers);
    }

    /** The sum of the servers. */
    Round whole() {
        return servers.values().stream()
                .reduce((one, other) -> new Round(
                        one.perSecond(),
                        one.cpuMicros() + other.cpuMicros(),
                        one.residentBytes() + other.residentBytes()))
                .orElseThrow();
    }

    private static List<ProcessUsage> usage(ConversionStack stack) {
        return stack.servers().stream().map(ServerProcess::usage).toList();
    }
}
