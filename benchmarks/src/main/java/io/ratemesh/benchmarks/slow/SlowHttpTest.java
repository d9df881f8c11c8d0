package io.ratemesh.benchmarks.slow;

import io.ratemesh.benchmarks.process.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An attack under way, by Debian's package {@code slowhttptest}, in a process of its own. */
final class SlowHttpTest {

    private static final Program PROGRAM = new Program("slowhttptest", "slowhttptest");

    /** All connections within the first second or two. */
    private static final int SECONDS_TO_CONNECT = 1;

    private static final String STATISTICS = "slowhttptest";

    private final CompletableFuture<String> report;
    private final Path folder;

    private SlowHttpTest(CompletableFuture<String> report, Path folder) {
        this.report = report;
        this.folder = folder;
    }

    /**
     * Checks that it is there.
     *
     * @throws IllegalStateException with how to get it
     */
    static void require() {
        PROGRAM.require();
    }

    /**
     * Begins.
     *
     * @param port of this machine
     * @param seconds how long it lasts, unless the server has closed all connections before
     * @param folder where it leaves its statistics
     */
    static SlowHttpTest start(SlowAttack attack, int port, int connections, int seconds, Path folder) {
        String[] arguments =
                arguments(attack, port, connections, seconds, folder).toArray(String[]::new);
        return new SlowHttpTest(CompletableFuture.supplyAsync(() -> PROGRAM.output(arguments)), folder);
    }

    /** Waits until it has ended. */
    HeldConnections end() {
        String said = report.join();
        Path file = folder.resolve(STATISTICS + ".csv");
        try {
            return HeldConnections.read(Files.readAllLines(file), said);
        } catch (IOException e) {
            throw new UncheckedIOException("slowhttptest left no statistics; it said: " + said, e);
        }
    }

    static List<String> arguments(SlowAttack attack, int port, int connections, int seconds, Path folder) {
        List<String> arguments = new ArrayList<>(attack.options());
        arguments.addAll(List.of("-c", String.valueOf(connections)));
        arguments.addAll(List.of("-r", String.valueOf(Math.max(1, connections / SECONDS_TO_CONNECT))));
        arguments.addAll(List.of("-l", String.valueOf(seconds)));
        arguments.addAll(List.of("-u", "http://127.0.0.1:" + port + attack.path()));
        arguments.addAll(List.of("-g", "-o", folder.resolve(STATISTICS).toString(), "-v", "1"));
        return arguments;
    }
}
