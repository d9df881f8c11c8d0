package io.ratemesh.launcher.command;

import io.ratemesh.launcher.client.BalancerClient;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.state.ClusterSnapshot;
import java.util.List;
import java.util.Locale;

/** The summary after a start. */
record StartSummary(ClusterSnapshot snapshot, boolean detached) {

    List<String> lines(int converters, Console console) {
        BalancerClient balancer = new BalancerClient(snapshot.http());
        return List.of(
                "",
                String.format(
                        Locale.ROOT,
                        "Ratemesh is up after %.1f s: 1 rates node, %d converter%s, 1 balancer",
                        console.seconds(),
                        converters,
                        converters == 1 ? "" : "s"),
                "",
                "  page      " + balancer.page(),
                "  API       " + snapshot.http().uri("/api/v1/currencies") + "   (try: curl '" + balancer.conversion()
                        + "')",
                "  stats     " + snapshot.stats().uri("/stats") + "   (user " + snapshot.statsUser() + ", password in "
                        + snapshot.passwordFile() + ")",
                detached ? "  stop      ./ratemesh down" : "  stop      Ctrl-C",
                "");
    }
}
