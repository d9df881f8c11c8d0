package io.ratemesh.node.lifecycle;

import io.ratemesh.node.NodeRole;
import io.ratemesh.node.log.LogConfigurator;
import io.ratemesh.node.settings.Settings;
import io.ratemesh.node.settings.SettingsException;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line of a service, and its process: exit codes 0 done, 1 failed, 2 wrong usage or settings. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = ServiceCommand.Version.class,
        sortOptions = false,
        footer = {
            "",
            "Settings come from --set, then the environment (RATEMESH_BALANCER_HTTP_PORT for",
            "balancer.http.port), then the file, then the defaults.",
            "SIGTERM drains the node, then ends it; SIGHUP has a balancer or a",
            "rates node read its settings again.",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or settings."
        })
public final class ServiceCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceCommand.class);
    private static final long START_TIMEOUT_SECONDS = 120;

    /** Beyond the drain's own time: to be heard, to close, to leave the cluster. */
    private static final long STOP_MARGIN_SECONDS = 10;

    private final NodeService service;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "settings as YAML; by default ratemesh.yaml in the working folder, if it is there")
    private @Nullable Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "one setting, as balancer.http.port=9090; may be given again")
    private List<String> sets = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private ServiceCommand(NodeService service) {
        this.service = service;
    }

    /**
     * Runs a service's process: returns once it serves, ends the process if it cannot.
     *
     * @param service what to run
     * @param description one sentence for {@code --help}
     * @param args the command line
     */
    public static void run(NodeService service, String description, String... args) {
        CommandLine command = new CommandLine(new ServiceCommand(service));
        command.setCommandName(service.role().word() + "-service");
        command.getCommandSpec().usageMessage().description(description);
        int code = command.execute(args);
        if (code != CommandLine.ExitCode.OK) {
            System.exit(code);
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings settings;
        try {
            SettingsSource source = () -> Settings.load(Optional.ofNullable(config), sets, System.getenv());
            settings = source.read();
            if (!settings.cluster().enabled() && service.role() != NodeRole.BALANCER) {
                complain("cluster.enabled: false (expected: true; only a balancer can run alone)");
                return CommandLine.ExitCode.USAGE;
            }
            LogConfigurator.apply(settings.log());
            RunningNode running =
                    await(RunningNode.start(service, settings, source, () -> new Thread(() -> System.exit(0)).start()));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running), "drain"));
            HangupSignal.onEach(running.node().reload()::now);
            return CommandLine.ExitCode.OK;
        } catch (SettingsException e) {
            e.faults().forEach(this::complain);
            return CommandLine.ExitCode.USAGE;
        } catch (StartException e) {
            complain(String.valueOf(e.getMessage()));
            return CommandLine.ExitCode.SOFTWARE;
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("start failed", e);
            complain("could not start: " + (e.getCause() == null ? e : e.getCause()));
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private static RunningNode await(Future<RunningNode> starting)
            throws ExecutionException, TimeoutException, InterruptedException {
        try {
            return starting.toCompletionStage().toCompletableFuture().get(START_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StartException reason) {
                throw reason;
            }
            if (e.getCause() instanceof SettingsException reason) {
                throw reason;
            }
            throw e;
        }
    }

    private static void stop(RunningNode running) {
        long seconds = running.node().settings().node().drainTimeout().toSeconds() + STOP_MARGIN_SECONDS;
        try {
            running.stop().toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("left without a clean end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void complain(String line) {
        spec.commandLine().getErr().println(service.role().word() + "-service: " + line);
    }

    /** {@code --version}. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"${COMMAND-NAME} " + BuildInfo.version() + ", Java " + Runtime.version()};
        }
    }
}
