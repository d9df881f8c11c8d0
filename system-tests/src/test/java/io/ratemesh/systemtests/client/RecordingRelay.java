package io.ratemesh.systemtests.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Stands between a client that keeps no bodies and a server: passes on what both send, and shows all bytes of the server once the
 * server has ended its direction. A connection that the server resets is shown as far as it came.
 */
public final class RecordingRelay implements AutoCloseable {

    private final int serverPort;
    private final Consumer<byte[]> seen;
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /**
     * Listens.
     *
     * @param serverPort on the loopback address
     * @param seen is called once per connection, from threads of its own
     */
    public RecordingRelay(int serverPort, Consumer<byte[]> seen) {
        this.serverPort = serverPort;
        this.seen = seen;
        try {
            listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                threads.execute(() -> relay(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void relay(Socket client) {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
            threads.execute(() -> passOn(client, server));
            byte[] buffer = new byte[64 * 1024];
            InputStream in = server.getInputStream();
            OutputStream out = client.getOutputStream();
            for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
                received.write(buffer, 0, size);
                out.write(buffer, 0, size);
            }
        } catch (IOException reset) {
            // What came until then is shown: it is not whole.
        } finally {
            seen.accept(received.toByteArray());
        }
    }

    private static void passOn(Socket client, Socket server) {
        try {
            client.getInputStream().transferTo(server.getOutputStream());
            server.shutdownOutput();
        } catch (IOException closed) {
            // The other direction notices it as well.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
