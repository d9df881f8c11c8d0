package io.ratemesh.node.lifecycle;

import io.ratemesh.node.NodeRole;
import io.ratemesh.node.cluster.ClusterFiles;
import io.ratemesh.node.log.LogConfigurator;
import io.ratemesh.node.settings.EffectiveSettings;
import io.ratemesh.node.settings.Settings;
import io.ratemesh.node.settings.SettingsException;
import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.cli.ParseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The command and the process of a service. Exit codes: 0 done, 1 failed, 2 wrong usage or invalid settings. */
public final class ServiceCommand {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceCommand.class);
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final long START_TIMEOUT_SECONDS = 120;

    /** The time beyond the drain timeout for the drain handshake and for leaving the cluster. */
    private static final long STOP_MARGIN_SECONDS = 10;

    private final NodeService service;
    private final String name;

    private ServiceCommand(NodeService service) {
        this.service = service;
        this.name = service.role().word() + "-service";
    }

    /**
     * Runs the process of a service. Returns once it serves, and exits if it cannot start.
     *
     * @param service to run
     * @param description one sentence for {@code --help}
     * @param args the command line
     */
    public static void run(NodeService service, String description, String... args) {
        disableFlightRecorder();
        int code = new ServiceCommand(service).run(description, args);
        if (code != DONE) {
            System.exit(code);
        }
    }

    /** Netty's events for the flight recorder load it, which takes a tenth of the CPU time of a start. */
    public static void disableFlightRecorder() {
        System.getProperties().putIfAbsent("io.netty.jfr.enabled", "false");
    }

    private int run(String description, String... args) {
        try {
            ServiceArguments arguments = ServiceArguments.parse(args);
            switch (arguments.action()) {
                case HELP -> System.out.print(ServiceArguments.help(name, description));
                case VERSION -> System.out.println(name + " " + BuildInfo.version() + ", Java " + Runtime.version());
                case CHECK -> {
                    return check(arguments);
                }
                case RUN -> {
                    return serve(arguments);
                }
            }
            return DONE;
        } catch (ParseException e) {
            printError(String.valueOf(e.getMessage()));
            System.err.print(ServiceArguments.help(name, description));
            return WRONG_USAGE;
        }
    }

    /** Prints the settings in force, or else all their faults; starts nothing. */
    private int check(ServiceArguments arguments) {
        try {
            EffectiveSettings effective = Settings.inspect(arguments.config(), arguments.sets(), System.getenv());
            SettingsReport report = service.inspect(effective.settings());
            List<String> faults = new ArrayList<>(effective.faults());
            notWithoutCluster(effective.settings()).ifPresent(faults::add);
            faults.addAll(ClusterFiles.faults(effective.settings().cluster(), Instant.now()));
            faults.addAll(report.faults());
            faults.forEach(this::printError);
            if (!faults.isEmpty()) {
                return WRONG_USAGE;
            }
            report.warnings().forEach(warning -> printError("warning: " + warning));
            System.out.print("# The settings in force; one without a comment is a default.\n"
                    + effective.yaml(
                            List.of("node", "log", "cluster", service.role().word())));
            return DONE;
        } catch (SettingsException e) {
            e.faults().forEach(this::printError);
            return WRONG_USAGE;
        }
    }

    private Optional<String> notWithoutCluster(Settings settings) {
        return settings.cluster().enabled() || service.role() == NodeRole.BALANCER
                ? Optional.empty()
                : Optional.of("cluster.enabled: \"false\" is not valid for a "
                        + service.role().word() + "; use true, since only a balancer can run without a cluster");
    }

    private int serve(ServiceArguments arguments) {
        Settings settings;
        try {
            // First, since Netty creates the folder if it can.
            requireTemporaryFolder();
            SettingsSource source = () -> Settings.load(arguments.config(), arguments.sets(), System.getenv());
            settings = source.read();
            Optional<String> fault = notWithoutCluster(settings);
            if (fault.isPresent()) {
                printError(fault.get());
                return WRONG_USAGE;
            }
            LogConfigurator.apply(settings.log());
            RunningNode running =
                    await(RunningNode.start(service, settings, source, () -> new Thread(() -> System.exit(0)).start()));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running), "drain"));
            HangupSignal.onEach(running.node().reload()::now);
            return DONE;
        } catch (SettingsException e) {
            e.faults().forEach(this::printError);
            return WRONG_USAGE;
        } catch (StartException e) {
            printError(String.valueOf(e.getMessage()));
            return FAILED;
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("start failed", e);
            printError("could not start: " + (e.getCause() == null ? e : e.getCause()));
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
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
        System.err.println(name + ": " + line);
    }
}
