package io.ratemesh.launcher.command;

import io.ratemesh.launcher.client.ScaleResponse;
import io.ratemesh.launcher.client.StatsClient;
import io.ratemesh.launcher.cluster.RunningCluster;
import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.outcome.ExitCode;
import io.ratemesh.launcher.state.CommandContext;
import io.ratemesh.launcher.state.LaunchedRole;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code scale}. */
@Command(
        name = "scale",
        description =
                "Starts or drains converters until N are running. With balancer.scaler.enabled, the balancer does so, "
                        + "and keeps N running; auto returns to automatic scaling.")
public final class ScaleCommand implements Callable<Integer> {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    @Parameters(
            paramLabel = "N|auto",
            converter = OptionConverters.NodeCountOrAuto.class,
            description = "The number of converters, 1 to 64, or auto.")
    private OptionalInt converters = OptionalInt.empty();

    private final CommandContext context;

    public ScaleCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        RunningCluster cluster = new RunningCluster(context, context.cluster());
        ScaleResponse response = cluster.stats().scale(converters);
        if (response.isAccepted()) {
            converters.ifPresentOrElse(
                    count -> await(count, cluster.stats()),
                    () -> context.console().progress("the scaler decides from now on"));
        } else if (response.isWithoutScaler() && converters.isPresent()) {
            context.locked(() -> {
                new RunningCluster(context, context.cluster()).scaling().scaleTo(converters.getAsInt());
                return ExitCode.DONE;
            });
        } else {
            throw CommandFailure.failed(
                    "the order was rejected with status " + response.status() + ": " + response.detail());
        }
        return ExitCode.DONE;
    }

    private void await(int count, StatsClient stats) {
        Console console = context.console();
        String role = LaunchedRole.CONVERTER.word();
        long before = stats.ready(role);
        long[] ready = {before};
        boolean reached = console.await(TIMEOUT, () -> count + " converters (" + ready[0] + " ready)", () -> {
            ready[0] = stats.ready(role);
            return ready[0] == count;
        });
        if (!reached) {
            throw CommandFailure.failed(ready[0] + " instead of " + count + " converters were ready after "
                    + TIMEOUT.toSeconds() + " s; scaler in /stats.json says why");
        }
        console.progress("converters: " + before + " -> " + count);
    }
}
