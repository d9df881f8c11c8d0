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

/** Whether ports can be had. */
public final class PortAvailability {

    private static final int CONNECT_MILLIS = 300;

    private PortAvailability() {}

    /**
     * Looks whether a port can be opened, so that a taken one is named before anything is started.
     *
     * @param flag what the user can choose another port with
     * @throws CommandFailure where it is taken or may not be opened
     */
    public static void requireFree(ListenAddress listener, String flag) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getByName(listener.bind()), listener.port()));
        } catch (BindException e) {
            String said = String.valueOf(e.getMessage());
            if (said.contains("assign")) {
                throw foreign(listener, flag);
            }
            String reason =
                    said.contains("Permission") ? "may not be opened by this user" : "is taken by another program";
            throw CommandFailure.failed("port " + listener.port() + " on " + listener.bind() + " " + reason
                    + "; choose another with " + flag + " PORT");
        } catch (UnknownHostException e) {
            throw foreign(listener, flag);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CommandFailure foreign(ListenAddress listener, String flag) {
        return CommandFailure.wrongUsage("the address " + listener.bind() + " for the port of " + flag
                + " is not this machine's (expected: an address of this machine, as 127.0.0.1)");
    }

    /** Whether a port can be opened at this moment. */
    public static boolean isFree(ListenAddress listener) {
        try {
            requireFree(listener, "");
            return true;
        } catch (CommandFailure taken) {
            return false;
        }
    }

    /** A port of the loopback address that nobody has at this moment. */
    public static int anyFree() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw CommandFailure.failed("no port is free on this machine: " + e.getMessage());
        }
    }

    /** Whether somebody on this machine answers on a port. */
    public static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
