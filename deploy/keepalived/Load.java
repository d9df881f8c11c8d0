import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Load.java HOST PORT CLIENTS PAUSE_MILLIS SECONDS: conversions from clients that keep their connections and repeat nothing. A request
 * without a response 200 has failed, whatever the cause; the client then connects again. Prints one line per failure, then a summary.
 */
final class Load {

    private static final int CONNECT_TIMEOUT_MILLIS = 3000;
    private static final int RESPONSE_TIMEOUT_MILLIS = 3000;

    private static final AtomicLong REQUESTS = new AtomicLong();
    private static final AtomicLong SLOWEST_NANOS = new AtomicLong();
    private static final ConcurrentLinkedQueue<Instant> FAILURES = new ConcurrentLinkedQueue<>();

    public static void main(String[] args) throws InterruptedException {
        System.out.println("started");
        InetSocketAddress server = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
        Instant end = Instant.now().plusSeconds(Long.parseLong(args[4]));
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            Thread client = new Thread(() -> run(server, Long.parseLong(args[3]), end));
            client.start();
            clients.add(client);
        }
        for (Thread client : clients) {
            client.join();
        }
        Instant first = FAILURES.stream().min(Instant::compareTo).orElse(end);
        Instant last = FAILURES.stream().max(Instant::compareTo).orElse(end);
        System.out.printf(
                "%d requests, %d failed within %d ms, slowest response after %d ms%n",
                REQUESTS.get(),
                FAILURES.size(),
                Duration.between(first, last).toMillis(),
                Duration.ofNanos(SLOWEST_NANOS.get()).toMillis());
    }

    private static void run(InetSocketAddress server, long pause, Instant end) {
        Socket connection = new Socket();
        while (Instant.now().isBefore(end)) {
            long begun = System.nanoTime();
            REQUESTS.incrementAndGet();
            try {
                if (!connection.isConnected() || connection.isClosed()) {
                    connection = new Socket();
                    connection.setSoTimeout(RESPONSE_TIMEOUT_MILLIS);
                    connection.setTcpNoDelay(true);
                    connection.connect(server, CONNECT_TIMEOUT_MILLIS);
                }
                if (convert(connection, server)) {
                    connection.close();
                }
                SLOWEST_NANOS.accumulateAndGet(System.nanoTime() - begun, Math::max);
            } catch (IOException e) {
                FAILURES.add(Instant.now());
                System.out.println(Instant.now() + " " + e);
                close(connection);
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                return;
            }
        }
        close(connection);
    }

    /** Sends a request and reads its response; returns whether that was the last one of the connection. */
    private static boolean convert(Socket connection, InetSocketAddress server) throws IOException {
        String request = "GET /api/v1/convert?from=EUR&to=USD&amount=100 HTTP/1.1\r\nHost: " + server.getHostString() + "\r\n\r\n";
        connection.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        DataInputStream in = new DataInputStream(connection.getInputStream());
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        String fields = head.toString().toLowerCase(java.util.Locale.ROOT);
        int at = fields.indexOf("\r\ncontent-length: ") + 18;
        in.readFully(new byte[Integer.parseInt(fields.substring(at, fields.indexOf('\r', at)))]);
        if (!fields.startsWith("http/1.1 200 ")) {
            throw new IOException(fields.substring(0, fields.indexOf('\r')));
        }
        return fields.contains("\r\nconnection: close\r\n");
    }

    private static void close(Socket connection) {
        try {
            connection.close();
        } catch (IOException e) {
            // It is closed anyway.
        }
    }
}
