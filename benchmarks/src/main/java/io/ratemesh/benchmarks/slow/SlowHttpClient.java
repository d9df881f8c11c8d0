package io.ratemesh.benchmarks.slow;

import io.ratemesh.benchmarks.process.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An attack in progress by the program slowhttptest. */
final class SlowHttpClient {

    static final Program PROGRAM = new Program("slowhttptest", "slowhttptest");

    private static final String STATISTICS = "slowhttptest";

    private final CompletableFuture<String> output;
    private final Path folder;

    private SlowHttpClient(CompletableFuture<String> output, Path folder) {
        this.output = output;
        this.folder = folder;
    }

    /**
     * Starts an attack.
     *
     * @param port of this machine
     * @param seconds of the attack; it ends earlier if the server has closed all connections
     * @param folder for the statistics
     */
    static SlowHttpClient start(SlowAttack attack, int port, int connections, int seconds, Path folder) {
        String[] arguments =
                arguments(attack, port, connections, seconds, folder).toArray(String[]::new);
        return new SlowHttpClient(CompletableFuture.supplyAsync(() -> PROGRAM.output(arguments)), folder);
    }

    /** Waits for the end of the attack and returns its statistics. */
    HeldConnections await() {
        String text = output.join();
        try {
            return HeldConnections.parse(Files.readAllLines(folder.resolve(STATISTICS + ".csv")), text);
        } catch (IOException e) {
            throw new UncheckedIOException("slowhttptest wrote no statistics; its output: " + text, e);
        }
    }

    /** All connections are opened within a second. */
    static List<String> arguments(SlowAttack attack, int port, int connections, int seconds, Path folder) {
        List<String> arguments = new ArrayList<>(attack.options());
        arguments.addAll(List.of("-c", String.valueOf(connections), "-r", String.valueOf(connections)));
        arguments.addAll(List.of("-l", String.valueOf(seconds)));
        arguments.addAll(List.of("-u", "http://127.0.0.1:" + port + attack.path()));
        arguments.addAll(List.of("-g", "-o", folder.resolve(STATISTICS).toString(), "-v", "1"));
        return arguments;
    }
}
