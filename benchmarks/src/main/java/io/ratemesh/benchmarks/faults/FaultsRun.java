package io.ratemesh.benchmarks.faults;

import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Puts front doors to one fault after the other, each time with a front door and upstreams that have just been started: what one
 * fault left behind, as an upstream that is kept out for long since it failed before, is no matter of the next.
 */
final class FaultsRun {

    private static final int UPSTREAMS = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration BEFORE = Duration.ofMillis(500);
    private static final Duration AFTER = Duration.ofMillis(500);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final FaultsPlan plan;
    private final RunFolder folder;
    private final PrintStream progress;

    FaultsRun(FaultsPlan plan, RunFolder folder, PrintStream progress) {
        this.plan = plan;
        this.folder = folder;
        this.progress = progress;
    }

    FaultScenario play(Fault fault, ControlledProxy operated) {
        Path place = folder.of(operated.name() + "-" + fault.name().toLowerCase(Locale.ROOT));
        List<UpstreamProcess> upstreams = new ArrayList<>();
        try {
            for (int i = 0; i < UPSTREAMS + 1; i++) {
                upstreams.add(new UpstreamProcess(place));
            }
            List<Integer> ports = upstreams.stream()
                    .limit(UPSTREAMS)
                    .map(UpstreamProcess::port)
                    .toList();
            upstreams.forEach(UpstreamProcess::awaitAnswer);
            try (ServerProcess door = operated.start(place, ports)) {
                door.awaitAnswer(RequestNumber.target(0));
                UpstreamProcess struck = upstreams.get(fault == Fault.ADDED ? UPSTREAMS : 0);
                return load(fault, operated.name(), struck, door.port(), operated.operator(place, door, ports));
            }
        } finally {
            upstreams.forEach(UpstreamProcess::close);
        }
    }

    private FaultScenario load(Fault fault, String name, UpstreamProcess struck, int port, ProxyControl operator) {
        try (NumberedLoad load = new NumberedLoad(port, plan.connections(), plan.perSecond(), plan.patience())) {
            pause(WARM_UP);
            load.countAnew();
            pause(BEFORE);
            long faultNanos = System.nanoTime();
            strike(fault, struck, operator);
            if (!fault.isHealedAtOnce()) {
                pause(plan.faultTime());
                heal(fault, struck, operator);
            }
            long healedNanos = fault.isHealedAtOnce() ? faultNanos : System.nanoTime();
            OptionalLong asked = awaitRequest(struck, load.next());
            pause(fault.isHealedAtOnce() ? plan.faultTime() : AFTER);
            FaultScenario episode = FaultScenario.of(fault, name, load.stop(), faultNanos, healedNanos, asked);
            progress.println(fault.label() + ", " + name + ": "
                    + episode.tally().failures() + " of " + episode.tally().requests() + " failed");
            return episode;
        }
    }

    private OptionalLong awaitRequest(UpstreamProcess struck, long number) {
        long until = System.nanoTime() + plan.recoveryTime().toNanos();
        while (System.nanoTime() - until < 0) {
            if (struck.newest() >= number) {
                return OptionalLong.of(System.nanoTime());
            }
            pause(LOOK);
        }
        return OptionalLong.empty();
    }

    private static void strike(Fault fault, UpstreamProcess struck, ProxyControl operator) {
        fault.behaviour().ifPresent(struck::behave);
        switch (fault) {
            case KILLED -> struck.kill();
            case HUNG -> struck.signal("STOP");
            case DRAINED -> operator.drain(struck.port());
            case ADDED -> operator.add(struck.port());
            case RESETTING, SLOW, FAILING, GARBLED -> {
                // By its behaviour.
            }
        }
    }

    private static void heal(Fault fault, UpstreamProcess struck, ProxyControl operator) {
        switch (fault) {
            case KILLED -> struck.startAgain();
            case HUNG -> struck.signal("CONT");
            case DRAINED -> operator.bringBack(struck.port());
            case RESETTING, SLOW, FAILING, GARBLED -> struck.behave(Behaviour.WELL);
            case ADDED -> {
                // It stays.
            }
        }
    }

    private static void pause(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
