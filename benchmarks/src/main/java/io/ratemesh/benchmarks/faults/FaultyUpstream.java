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
 * An upstream that can be told to misbehave, in a process of its own so that it can be killed and stopped. It listens on two
 * ports: on one for requests, on the other for orders. An order is a line, {@link #ASK} or the name of a {@link Behaviour};
 * the answer to either is the highest number of a request that was answered with 200 since the last change.
 */
final class FaultyUpstream {

    static final String ASK = "ASK";

    static final long SLOW_MILLIS = 5000;

    private static final int BACKLOG = 1024;
    private static final byte[] GOOD = answer("200 OK", "well\n");
    private static final byte[] BAD = answer("500 Internal Server Error", "ill\n");
    private static final byte[] GARBAGE = "\u0015\u0003\u0001 220 this is no HTTP\r\n\r\n".getBytes(US_ASCII);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong newest = new AtomicLong(RequestNumber.NONE);
    private volatile Behaviour behaviour = Behaviour.WELL;

    private FaultyUpstream() {}

    /** Listens on the two ports that are given, first the one for requests. */
    public static void main(String[] ports) throws IOException {
        FaultyUpstream upstream = new FaultyUpstream();
        ServerSocket orders = listen(ports[1]);
        ServerSocket requests = listen(ports[0]);
        upstream.threads.execute(() -> upstream.accept(orders, upstream::obey));
        upstream.threads.execute(() -> upstream.accept(requests, upstream::serve));
    }

    private static ServerSocket listen(String port) throws IOException {
        ServerSocket socket = new ServerSocket();
        // Started again after a kill it shall have its port, whatever of the old one still lingers.
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)), BACKLOG);
        return socket;
    }

    private void accept(ServerSocket listening, Consumer<Socket> use) {
        try (listening) {
            while (true) {
                Socket client = listening.accept();
                client.setTcpNoDelay(true);
                threads.execute(() -> use.accept(client));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void obey(Socket client) {
        try (client) {
            BufferedReader in = reader(client);
            for (String order = in.readLine(); order != null; order = in.readLine()) {
                if (!order.equals(ASK)) {
                    behaviour = Behaviour.valueOf(order.toUpperCase(Locale.ROOT));
                    newest.set(RequestNumber.NONE);
                }
                client.getOutputStream().write((newest + "\n").getBytes(US_ASCII));
            }
        } catch (IOException e) {
            // Whoever gave orders has gone.
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
            while (requestLine != null && skipHead(in)) {
                if (behaviour == Behaviour.RESETTING) {
                    reset(client);
                    return;
                }
                answer(RequestNumber.of(requestLine), client.getOutputStream());
                requestLine = in.readLine();
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private void answer(long number, OutputStream out) throws IOException {
        switch (behaviour) {
            case WELL -> {
                newest.accumulateAndGet(number, Math::max);
                out.write(GOOD);
            }
            case SLOW -> {
                LockSupport.parkNanos(SLOW_MILLIS * 1_000_000);
                out.write(GOOD);
            }
            case FAILING -> out.write(BAD);
            case GARBLED, RESETTING -> out.write(GARBAGE);
        }
    }

    private static boolean skipHead(BufferedReader in) throws IOException {
        String line = in.readLine();
        while (line != null && !line.isEmpty()) {
            line = in.readLine();
        }
        return line != null;
    }

    /** Closing with unsent data thrown away is a RST (socket(7), SO_LINGER). */
    private static void reset(Socket client) throws IOException {
        client.setSoLinger(true, 0);
    }

    private static BufferedReader reader(Socket client) throws IOException {
        return new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
    }

    private static byte[] answer(String status, String body) {
        return ("HTTP/1.1 " + status + "\r\nContent-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n\r\n"
                        + body)
                .getBytes(US_ASCII);
    }
}
