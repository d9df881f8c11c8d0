package io.ratemesh.launcher.command;

import io.ratemesh.launcher.front.BalancerClient;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.state.ClusterSnapshot;
import java.util.List;
import java.util.Locale;

/** What the user is told once the cluster answers. */
record StartSummary(ClusterSnapshot facts, boolean detached) {

    List<String> lines(int converters, Console console) {
        BalancerClient door = new BalancerClient(facts.door());
        return List.of(
                "",
                String.format(
                        Locale.ROOT,
                        "Ratemesh is up after %.1f s: 1 rates node, %d converter%s, 1 balancer",
                        console.seconds(),
                        converters,
                        converters == 1 ? "" : "s"),
                "",
                "  page      " + door.page(),
                "  API       " + facts.door().uri("/api/v1/currencies") + "   (try: curl '" + door.conversion() + "')",
                "  stats     " + facts.stats().uri("/stats") + "   (user " + facts.statsUser() + ", password in "
                        + facts.passwordFile() + ")",
                detached ? "  stop      ./ratemesh down" : "  stop      Ctrl-C",
                "");
    }
}
