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

/** A benchmark in a JVM of its own and in the user's terminal; the nodes it starts get the options of real ones. */
public final class BenchmarkRun {

    /** What Hazelcast needs to reach: a jar's manifest says so only where the jar is run for its own main class. */
    private static final List<String> REACH = List.of(
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.management/sun.management=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");

    private final CommandContext workplace;

    public BenchmarkRun(CommandContext workplace) {
        this.workplace = workplace;
    }

    /**
     * Runs one to its end.
     *
     * @param mainClass in the jar of the benchmarks
     * @param arguments its command line
     * @return its exit code
     * @throws CommandFailure where the benchmarks are not built
     */
    public int run(String mainClass, List<String> arguments) {
        Path jar = workplace.project().resolve("benchmarks/target/benchmarks.jar");
        if (!Files.isRegularFile(jar)) {
            throw CommandFailure.failed(jar + " is missing; build it: ./mvnw -DskipTests -pl benchmarks -am package");
        }
        List<String> command = new ArrayList<>();
        command.add(JvmOptions.java());
        command.addAll(REACH);
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx512m", "-cp", jar.toString(), mainClass));
        command.addAll(List.of("--project", workplace.project().toString()));
        command.addAll(List.of("--converter-options", options(LaunchedRole.CONVERTER)));
        command.addAll(List.of("--balancer-options", options(LaunchedRole.BALANCER)));
        command.addAll(arguments);
        try {
            return new ProcessBuilder(command)
                    .directory(workplace.workingFolder().toFile())
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
        return String.join(" ", JvmOptions.of(role, workplace.environment()));
    }
}
