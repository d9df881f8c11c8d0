package io.ratemesh.balancer.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A server with a full backlog: connecting to it times out, as to a machine that is switched off. */
public final class UnresponsiveServer implements AutoCloseable {

    /** More than the system adds to a backlog of one. */
    private static final int MAX_BACKLOG = 20;

    private final ServerSocket server = new ServerSocket();
    private final List<Socket> backlog = new ArrayList<>();

    public UnresponsiveServer() throws IOException {
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        for (int i = 0; i < MAX_BACKLOG; i++) {
            Socket filling = new Socket();
            backlog.add(filling);
            try {
                filling.connect(server.getLocalSocketAddress(), 200);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
        close();
        throw new AssertionError("a backlog of 1 took " + MAX_BACKLOG + " connections");
    }

    public int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        for (Socket filling : backlog) {
            filling.close();
        }
        server.close();
    }
}
