package io.ratemesh.benchmarks.slow;

import io.ratemesh.benchmarks.load.FixedRate;
import io.ratemesh.benchmarks.load.LoadPlan;
import io.ratemesh.benchmarks.load.Spread;
import io.ratemesh.benchmarks.peer.Contenders;
import io.ratemesh.benchmarks.peer.Contenders.Started;
import io.ratemesh.benchmarks.peer.RatemeshBalancer;
import io.ratemesh.benchmarks.process.RunFolder;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Attacks each front door by turns; half of the time none is attacked. */
final class SlowRun {

    /** Until the connections of an attack that begins are there. */
    private static final int RAMP_SECONDS = 2;

    private final SlowPlan plan;
    private final Contenders lineup;
    private final RunFolder folder;
    private final PrintStream progress;

    SlowRun(SlowPlan plan, Contenders lineup, RunFolder folder, PrintStream progress) {
        this.plan = plan;
        this.lineup = lineup;
        this.folder = folder;
        this.progress = progress;
    }

    SlowReport measure() {
        lineup.all().forEach(one -> ask(one, 0, plan.warmUp()));
        List<AttackResult> duels = new ArrayList<>();
        for (SlowAttack attack : plan.attacks()) {
            progress.println(attack.label());
            Contenders.turns(lineup.all(), plan.rounds(), one -> round(attack, one))
                    .forEach((name, rounds) -> duels.add(new AttackResult(attack, name, rounds)));
        }
        return new SlowReport(plan, lineup.says(), duels);
    }

    private AttackResult.Round round(SlowAttack attack, Started one) {
        Spread quiet = ask(one, RAMP_SECONDS, plan.seconds());
        Path place = folder.of("slowhttptest");
        SlowHttpTest attacker = SlowHttpTest.start(
                attack, one.server().port(), plan.connections(), RAMP_SECONDS + plan.seconds(), place);
        Optional<Spread> attacked = askUnderAttack(one);
        return new AttackResult.Round(quiet, attacked, attacker.end());
    }

    private Optional<Spread> askUnderAttack(Started one) {
        try {
            return Optional.of(ask(one, RAMP_SECONDS, plan.seconds()));
        } catch (IllegalStateException e) {
            progress.println(one.name() + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private Spread ask(Started one, int warmUp, int seconds) {
        LoadPlan aim = new LoadPlan(RatemeshBalancer.TARGET, plan.clients());
        return FixedRate.run(aim, one.server().port(), plan.perSecond(), warmUp, seconds);
    }
}
