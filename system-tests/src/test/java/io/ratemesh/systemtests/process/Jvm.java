package io.ratemesh.systemtests.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A service in a JVM of its own. */
public final class Jvm implements AutoCloseable {

    private static final long SIGINT_BIT = 1L << (2 - 1);

    private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> STARTED.forEach(Process::destroyForcibly), "end-started-jvms"));
    }

    private final String id;
    private final ServiceJar jar;
    private final Path log;
    private final Process process;

    private Jvm(String id, ServiceJar jar, Path log, Process process) {
        this.id = id;
        this.jar = jar;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts one.
     *
     * @param id its name on the cluster
     * @param folder where it runs, and where its log is added to {@code <id>.log}
     * @param arguments its command line
     */
    public static Jvm start(String id, ServiceJar jar, Path folder, List<String> arguments) {
        Path log = folder.resolve(id + ".log");
        try {
            Process process = JavaCommand.of(jar, folder, arguments)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            STARTED.add(process);
            return new Jvm(id, jar, log, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String id() {
        return id;
    }

    public ServiceJar jar() {
        return jar;
    }

    public Path log() {
        return log;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** {@code kill -9}, without a drain. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(10));
    }

    /** {@code kill -9} of several at one moment, as when the power fails. */
    public static void killAll(Collection<Jvm> jvms) {
        jvms.forEach(jvm -> jvm.process.destroyForcibly());
        jvms.forEach(jvm -> jvm.awaitExit(Duration.ofSeconds(10)));
    }

    /** SIGTERM, as an operator or an orchestrator ends it. */
    public void terminate() {
        process.destroy();
    }

    /** SIGINT, as Ctrl-C sends it; SIGTERM where SIGINT is ignored, as in background jobs of a shell. */
    public void interrupt() {
        try {
            String signal = ignoresInterrupts() ? "TERM" : "INT";
            new ProcessBuilder("kill", "-" + signal, String.valueOf(pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc", String.valueOf(pid()), "status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & SIGINT_BIT) != 0);
    }

    /**
     * Waits for its end.
     *
     * @return its exit code
     */
    public int awaitExit(Duration timeout) {
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(id + " still runs after " + timeout + ", see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        STARTED.remove(process);
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }

    @Override
    public String toString() {
        return id + " (log: " + log + ")";
    }
}
