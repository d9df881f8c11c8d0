package io.ratemesh.node.lifecycle;

import io.ratemesh.node.NodeRole;
import io.ratemesh.node.log.LogConfigurator;
import io.ratemesh.node.settings.Settings;
import io.ratemesh.node.settings.SettingsException;
import io.vertx.core.Future;
import java.nio.file.Files;
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

/** The command line and the process of a service. Exit codes: 0 done, 1 failed, 2 wrong usage or invalid settings. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = ServiceCommand.Version.class,
        sortOptions = false,
        footer = {
            "",
            "Precedence of settings: --set, environment (RATEMESH_BALANCER_HTTP_PORT for",
            "balancer.http.port), file, defaults. docs/settings.md lists all of them.",
            "SIGTERM drains and stops the node. SIGHUP reloads the settings of a",
            "balancer or a rates node.",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or invalid settings."
        })
public final class ServiceCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceCommand.class);
    private static final long START_TIMEOUT_SECONDS = 120;

    /** The time beyond the drain timeout for the drain handshake and for leaving the cluster. */
    private static final long STOP_MARGIN_SECONDS = 10;

    private final NodeService service;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML file with settings (default: ratemesh.yaml in the working folder, if it exists)")
    private @Nullable Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "one setting, such as balancer.http.port=9090; can be repeated")
    private List<String> sets = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private ServiceCommand(NodeService service) {
        this.service = service;
    }

    /**
     * Runs the process of a service. Returns once it serves, and exits if it cannot start.
     *
     * @param service to run
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
                printError("cluster.enabled: \"false\" is not valid for a "
                        + service.role().word() + "; use true, since only a balancer can run without a cluster");
                return CommandLine.ExitCode.USAGE;
            }
            requireTemporaryFolder();
            LogConfigurator.apply(settings.log());
            RunningNode running =
                    await(RunningNode.start(service, settings, source, () -> new Thread(() -> System.exit(0)).start()));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running), "drain"));
            HangupSignal.onEach(running.node().reload()::now);
            return CommandLine.ExitCode.OK;
        } catch (SettingsException e) {
            e.faults().forEach(this::printError);
            return CommandLine.ExitCode.USAGE;
        } catch (StartException e) {
            printError(String.valueOf(e.getMessage()));
            return CommandLine.ExitCode.SOFTWARE;
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("start failed", e);
            printError("could not start: " + (e.getCause() == null ? e : e.getCause()));
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    /** Vert.x and native libraries unpack files there; without it they fail with stack traces. */
    private static void requireTemporaryFolder() {
        String folder = System.getProperty("java.io.tmpdir", "");
        if (!Files.isWritable(Path.of(folder))) {
            throw new StartException("java.io.tmpdir: \"" + folder + "\" is not a folder that this process can write;"
                    + " mount one there (a tmpfs in a read-only container), or use -Djava.io.tmpdir=<folder>");
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
        Settings settings = running.node().settings();
        long seconds = settings.node().drainTimeout().toSeconds()
                + settings.balancer().drainDelay().toSeconds()
                + STOP_MARGIN_SECONDS;
        try {
            running.stop().toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the drain did not end in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void printError(String line) {
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
