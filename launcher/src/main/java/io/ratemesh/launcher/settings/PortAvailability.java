package io.ratemesh.launcher.settings;

import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.state.ListenAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadLocalRandom;

/** Checks whether ports are free. */
public final class PortAvailability {

    private static final int CONNECT_MILLIS = 300;
    private static final int LOWEST = 20_000;
    private static final int BELOW_EPHEMERAL = 32_768;
    private static final int TRIES = 1000;

    private PortAvailability() {}

    /**
     * Requires a free port, before anything is started.
     *
     * @param flag the option with which the user can choose another port
     * @throws CommandFailure if the port is in use or not permitted
     */
    public static void requireFree(ListenAddress listener, String flag) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getByName(listener.bind()), listener.port()));
        } catch (BindException e) {
            String message = String.valueOf(e.getMessage());
            if (message.contains("assign")) {
                throw notLocal(listener, flag);
            }
            String reason =
                    message.contains("Permission") ? "may not be opened by this user" : "is taken by another program";
            throw CommandFailure.failed("port " + listener.port() + " on " + listener.bind() + " " + reason
                    + "; choose another with " + flag + " PORT");
        } catch (UnknownHostException e) {
            throw notLocal(listener, flag);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CommandFailure notLocal(ListenAddress listener, String flag) {
        return CommandFailure.wrongUsage("the address " + listener.bind() + " for the port of " + flag
                + " is not an address of this machine; use one of its addresses, such as 127.0.0.1");
    }

    /** Whether a port is free now. */
    public static boolean isFree(ListenAddress listener) {
        try {
            requireFree(listener, "");
            return true;
        } catch (CommandFailure taken) {
            return false;
        }
    }

    /**
     * A port between 20000 and 32767 that is free now on all addresses of this machine. Systems give outgoing connections ports
     * above these (Linux from 32768, others from 49152), so that none takes it before the node that it is for.
     *
     * @throws CommandFailure if none was found
     */
    public static int anyFree() {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, BELOW_EPHEMERAL);
            try (ServerSocket probe = new ServerSocket(port)) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                // Another one is tried.
            }
        }
        throw CommandFailure.failed("none of " + TRIES + " ports tried between " + LOWEST + " and "
                + (BELOW_EPHEMERAL - 1) + " is free; free one, or set rates.port and use --port and --stats-port");
    }

    /** Whether a port on the loopback address accepts connections. */
    public static boolean isInUse(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
