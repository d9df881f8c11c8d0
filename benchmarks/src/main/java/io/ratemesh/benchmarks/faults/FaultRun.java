package io.ratemesh.benchmarks.faults;

import io.ratemesh.benchmarks.process.Delay;
import io.ratemesh.benchmarks.process.FreePorts;
import io.ratemesh.benchmarks.process.ProgressLine;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Runs one fault behind one contender. Each run starts new processes, so that an earlier fault has no effect on it. */
record FaultRun(FaultsPlan plan, RunFolder folder) {

    private static final int UPSTREAMS = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration MARGIN = Duration.ofMillis(500);

    FaultResult run(Fault fault, ControlledProxy proxy) {
        Path path = folder.subfolder(proxy.name() + "-" + fault.name().toLowerCase(Locale.ROOT));
        List<UpstreamProcess> upstreams = new ArrayList<>();
        try {
            for (int i = 0; i < UPSTREAMS + 1; i++) {
                upstreams.add(new UpstreamProcess(path));
            }
            List<Integer> ports = upstreams.stream()
                    .limit(UPSTREAMS)
                    .map(UpstreamProcess::port)
                    .toList();
            upstreams.forEach(UpstreamProcess::awaitReady);
            try (ServerProcess server = proxy.contender().apply(ports).start(path, FreePorts.next())) {
                server.awaitReady(RequestNumber.target(0));
                UpstreamProcess faulty = upstreams.get(fault == Fault.ADDED ? UPSTREAMS : 0);
                ProxyControl control = proxy.control().create(path, server, ports);
                return load(fault, proxy.name(), faulty, server.port(), control);
            }
        } finally {
            upstreams.forEach(UpstreamProcess::close);
        }
    }

    private FaultResult load(Fault fault, String contender, UpstreamProcess faulty, int port, ProxyControl control) {
        try (NumberedLoad load = new NumberedLoad(port, plan.connections(), plan.perSecond(), plan.timeout())) {
            Delay.sleep(WARM_UP);
            load.resetCounts();
            Delay.sleep(MARGIN);
            long injected = System.nanoTime();
            fault.inject(faulty, control);
            if (!fault.isInstant()) {
                Delay.sleep(plan.faultTime());
                fault.remove(faulty, control);
            }
            long removed = fault.isInstant() ? injected : System.nanoTime();
            OptionalLong reached = awaitRequest(faulty, load.next());
            Delay.sleep(fault.isInstant() ? plan.faultTime() : MARGIN);
            FaultResult result = FaultResult.of(fault, contender, load.stop(), injected, removed, reached);
            ProgressLine.print(fault.label() + ", " + contender + ": "
                    + result.counts().failures() + " of " + result.counts().requests() + " failed");
            return result;
        }
    }

    private OptionalLong awaitRequest(UpstreamProcess upstream, long number) {
        return Delay.await(() -> upstream.newest() >= number, plan.recoveryTime())
                ? OptionalLong.of(System.nanoTime())
                : OptionalLong.empty();
    }
}
