package io.ratemesh.launcher.process;

import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.state.CommandContext;
import io.ratemesh.launcher.state.LaunchedRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Runs benchmarks in a JVM of their own, with its output in this terminal. Their nodes get the JVM options of real nodes. */
public final class BenchmarkRun {

    private static final String MAIN_CLASS = "io.ratemesh.benchmarks.Benchmarks";

    /** JDK internals that Hazelcast uses. A jar's manifest opens them only for {@code java -jar}. */
    private static final List<String> MODULE_OPTIONS = List.of(
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.management/sun.management=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");

    private final CommandContext context;

    public BenchmarkRun(CommandContext context) {
        this.context = context;
    }

    /**
     * Runs a benchmark to its end.
     *
     * @param arguments its options
     * @return its exit code
     * @throws CommandFailure if the benchmarks are not built
     */
    public int run(String name, List<String> arguments) {
        List<String> all = new ArrayList<>();
        all.addAll(List.of("--project", context.project().toString()));
        all.addAll(List.of("--rates-options", options(LaunchedRole.RATES)));
        all.addAll(List.of("--converter-options", options(LaunchedRole.CONVERTER)));
        all.addAll(List.of("--balancer-options", options(LaunchedRole.BALANCER)));
        all.addAll(arguments);
        return runWithoutNodes(name, all);
    }

    /** The same of a command that starts no nodes. */
    public int runWithoutNodes(String name, List<String> arguments) {
        Path jar = context.project().resolve("benchmarks/target/benchmarks.jar");
        if (!Files.isRegularFile(jar)) {
            throw CommandFailure.failed(jar + " is missing; build it: ./mvnw -DskipTests -pl benchmarks -am package");
        }
        List<String> command = new ArrayList<>();
        command.add(JvmOptions.java());
        command.addAll(MODULE_OPTIONS);
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-Xmx512m",
                context.console().terminalOption(),
                "-cp",
                jar.toString(),
                MAIN_CLASS,
                name));
        command.addAll(arguments);
        try {
            return new ProcessBuilder(command)
                    .directory(context.workingFolder().toFile())
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw CommandFailure.failed("the benchmark could not be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    private String options(LaunchedRole role) {
        return String.join(" ", JvmOptions.of(role, context.environment()));
    }
}
