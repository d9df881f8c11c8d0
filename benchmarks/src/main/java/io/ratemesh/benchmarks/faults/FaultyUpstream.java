package io.ratemesh.benchmarks.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * An upstream with faults, in a process of its own so that it can be killed and stopped. It listens on a port for requests and on a
 * port for commands. A command is a line, {@link #QUERY} or the name of a {@link Behaviour}. The response to both is the highest
 * number of a request that got a 200 since the last change.
 */
final class FaultyUpstream {

    /** How requests are served, including health checks. */
    enum Behaviour {
        /** 200 at once. */
        NORMAL,
        /** Connections are accepted and reset; open connections at their next request. */
        RESETTING,
        /** 200 after 5 s. */
        SLOW,
        /** 500 at once. */
        FAILING,
        /** Bytes that are not HTTP. */
        GARBLED
    }

    static final String QUERY = "QUERY";

    private static final long SLOW_NANOS = 5_000_000_000L;
    private static final int BACKLOG = 1024;
    private static final byte[] OK = response("200 OK", "ok\n");
    private static final byte[] ERROR = response("500 Internal Server Error", "error\n");
    private static final byte[] GARBAGE = "\u0015\u0003\u0001 220 this is not HTTP\r\n\r\n".getBytes(US_ASCII);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong newest = new AtomicLong(RequestNumber.NONE);
    private volatile Behaviour behaviour = Behaviour.NORMAL;

    private FaultyUpstream() {}

    /** Listens on two ports: the first for requests, the second for commands. */
    public static void main(String[] ports) throws IOException {
        FaultyUpstream upstream = new FaultyUpstream();
        ServerSocket commands = listen(ports[1]);
        ServerSocket requests = listen(ports[0]);
        upstream.threads.execute(() -> upstream.accept(commands, upstream::execute));
        upstream.threads.execute(() -> upstream.accept(requests, upstream::serve));
    }

    private static ServerSocket listen(String port) throws IOException {
        ServerSocket socket = new ServerSocket();
        // A restarted upstream gets its port while connections of the killed one are in TIME_WAIT.
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)), BACKLOG);
        return socket;
    }

    private void accept(ServerSocket listening, Consumer<Socket> handler) {
        try (listening) {
            while (true) {
                Socket client = listening.accept();
                client.setTcpNoDelay(true);
                threads.execute(() -> handler.accept(client));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(Socket client) {
        try (client) {
            BufferedReader in = reader(client);
            for (String command = in.readLine(); command != null; command = in.readLine()) {
                if (!command.equals(QUERY)) {
                    behaviour = Behaviour.valueOf(command.toUpperCase(Locale.ROOT));
                    newest.set(RequestNumber.NONE);
                }
                client.getOutputStream().write((newest + "\n").getBytes(US_ASCII));
            }
        } catch (IOException e) {
            // The client has closed the connection.
        }
    }

    private void serve(Socket client) {
        try (client) {
            if (behaviour == Behaviour.RESETTING) {
                reset(client);
                return;
            }
            BufferedReader in = reader(client);
            String requestLine = in.readLine();
            while (requestLine != null && skipFields(in)) {
                if (behaviour == Behaviour.RESETTING) {
                    reset(client);
                    return;
                }
                respond(RequestNumber.parse(requestLine), client.getOutputStream());
                requestLine = in.readLine();
            }
        } catch (IOException e) {
            // The client has closed the connection.
        }
    }

    private void respond(long number, OutputStream out) throws IOException {
        switch (behaviour) {
            case NORMAL -> {
                newest.accumulateAndGet(number, Math::max);
                out.write(OK);
            }
            case SLOW -> {
                LockSupport.parkNanos(SLOW_NANOS);
                out.write(OK);
            }
            case FAILING -> out.write(ERROR);
            case GARBLED, RESETTING -> out.write(GARBAGE);
        }
    }

    private static boolean skipFields(BufferedReader in) throws IOException {
        String line = in.readLine();
        while (line != null && !line.isEmpty()) {
            line = in.readLine();
        }
        return line != null;
    }

    /** Closing with SO_LINGER 0 sends a RST (socket(7)). */
    private static void reset(Socket client) throws IOException {
        client.setSoLinger(true, 0);
    }

    private static BufferedReader reader(Socket client) throws IOException {
        return new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
    }

    private static byte[] response(String status, String body) {
        return ("HTTP/1.1 " + status + "\r\nContent-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n\r\n"
                        + body)
                .getBytes(US_ASCII);
    }
}
