package io.ratemesh.benchmarks.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.ratemesh.benchmarks.cluster.ServiceJvm;
import io.ratemesh.benchmarks.process.FreePorts;
import io.ratemesh.benchmarks.process.Program;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;

/** A {@link FaultyUpstream} seen from outside: started, killed, stopped, told how to behave and asked what it got. */
final class UpstreamProcess implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 1000;
    private static final Program SHELL = new Program("sh", "dash");

    private static final List<String> SMALL = List.of(
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-Xss256k", "-Djava.net.preferIPv4Stack=true");

    private final int port = FreePorts.next();
    private final int orders = FreePorts.next();
    private final Path folder;
    private ServerProcess process;

    /** Starts one; it may not serve yet. */
    UpstreamProcess(Path folder) {
        this.folder = folder;
        this.process = run();
    }

    private ServerProcess run() {
        return ServiceJvm.startClass(
                "upstream-" + port,
                FaultyUpstream.class,
                SMALL,
                List.of(String.valueOf(port), String.valueOf(orders)),
                port,
                folder);
    }

    int port() {
        return port;
    }

    void awaitAnswer() {
        process.awaitAnswer("/health");
    }

    /** Kills it, as {@code kill -9} does. */
    void kill() {
        process.close();
    }

    void startAgain() {
        process = run();
    }

    /** Sends it a signal, by its name. */
    void signal(String name) {
        SHELL.output("-c", "kill -" + name + " " + process.pid());
    }

    void behave(Behaviour behaviour) {
        if (order(behaviour.name()) != RequestNumber.NONE) {
            throw new IllegalStateException("an upstream did not take the order " + behaviour);
        }
    }

    /** The number of the newest request that it answered well; {@link RequestNumber#NONE} where it does not say. */
    long newest() {
        try {
            return order(FaultyUpstream.ASK);
        } catch (IllegalStateException e) {
            return RequestNumber.NONE;
        }
    }

    private long order(String line) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), orders), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write((line + "\n").getBytes(US_ASCII));
            String answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
            if (answer == null) {
                throw new IllegalStateException("an upstream did not answer the order " + line);
            }
            return Long.parseLong(answer);
        } catch (IOException e) {
            throw new IllegalStateException("an upstream cannot be told " + line + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
