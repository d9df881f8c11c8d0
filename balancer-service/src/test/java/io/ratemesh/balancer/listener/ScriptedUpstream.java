package io.ratemesh.balancer.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.ratemesh.balancer.listener.ResponseCorpus.Case;
import io.ratemesh.balancer.listener.ResponseCorpus.End;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An upstream that sends what a case says: a target begins with the case's number and how much of it to send, in the API. */
final class ScriptedUpstream implements AutoCloseable {

    /** A connection of the balancer. */
    static final class Connection {

        final CountDownLatch closed = new CountDownLatch(1);
    }

    private final List<Case> cases;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** The connection of the request for each target. */
    private final Map<String, Connection> connections = new ConcurrentHashMap<>();

    ScriptedUpstream(List<Case> cases) throws IOException {
        this.cases = cases;
        this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    Connection connection(String target) {
        return Objects.requireNonNull(connections.get(target), target);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        Connection connection = new Connection();
        try (socket) {
            socket.setTcpNoDelay(true);
            StringBuilder head = new StringBuilder();
            for (int value = socket.getInputStream().read();
                    value >= 0;
                    value = socket.getInputStream().read()) {
                head.append((char) value);
                if (head.indexOf("\r\n\r\n") >= 0) {
                    String target = head.toString().split(" ", 3)[1];
                    connections.put(target, connection);
                    boolean more = respond(socket, target.split("/", -1));
                    head.setLength(0);
                    if (!more) {
                        return;
                    }
                }
            }
        } catch (IOException reset) {
            // It is closed, which is all that counts.
        } finally {
            connection.closed.countDown();
        }
    }

    private boolean respond(Socket socket, String[] target) throws IOException {
        Case script = cases.get(Integer.parseInt(target[2]));
        int length = Integer.parseInt(target[3]);
        socket.getOutputStream().write(script.send().substring(0, length).getBytes(ISO_8859_1));
        if (script.end() == End.RESET) {
            socket.setSoLinger(true, 0);
        }
        return script.end() == End.WAIT;
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
