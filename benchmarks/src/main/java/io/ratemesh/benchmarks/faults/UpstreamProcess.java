package io.ratemesh.benchmarks.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.ratemesh.benchmarks.cluster.ServiceJvm;
import io.ratemesh.benchmarks.faults.FaultyUpstream.Behaviour;
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

/** The process of a {@link FaultyUpstream}. */
final class UpstreamProcess implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 1000;
    private static final List<String> SMALL_JVM = List.of(
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-Xss256k", "-Djava.net.preferIPv4Stack=true");

    private final int port = FreePorts.next();
    private final int controlPort = FreePorts.next();
    private final Path folder;
    private ServerProcess process;

    /** Starts an upstream, without waiting until it is ready. */
    UpstreamProcess(Path folder) {
        this.folder = folder;
        this.process = start();
    }

    private ServerProcess start() {
        List<String> ports = List.of(String.valueOf(port), String.valueOf(controlPort));
        return ServiceJvm.startClass("upstream-" + port, FaultyUpstream.class, SMALL_JVM, ports, port, folder);
    }

    int port() {
        return port;
    }

    void awaitReady() {
        process.awaitReady("/health");
    }

    /** Kills the process, as {@code kill -9} does. */
    void kill() {
        process.close();
    }

    void restart() {
        process = start();
    }

    void signal(String name) {
        Program.signal(process.pid(), name);
    }

    void setBehaviour(Behaviour behaviour) {
        if (send(behaviour.name()) != RequestNumber.NONE) {
            throw new IllegalStateException("an upstream did not accept the command " + behaviour);
        }
    }

    /** The number of the newest request with a 200; {@link RequestNumber#NONE} if the upstream does not respond. */
    long newest() {
        try {
            return send(FaultyUpstream.QUERY);
        } catch (IllegalStateException e) {
            return RequestNumber.NONE;
        }
    }

    private long send(String command) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), controlPort), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write((command + "\n").getBytes(US_ASCII));
            String response = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
            if (response == null) {
                throw new IllegalStateException("an upstream did not respond to the command " + command);
            }
            return Long.parseLong(response);
        } catch (IOException e) {
            throw new IllegalStateException("command " + command + " to an upstream: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
