package io.ratemesh.node.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.hazelcast.nio.MemberSocketInterceptor;
import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.cluster.ClusterSecret.Side;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Both sides of each connection between members prove that they have the secret of the cluster, before Hazelcast reads or sends a byte.
 *
 * <pre>
 *   connecting                                accepting
 *       | --- greeting, 32 random bytes ---------> |
 *       | <-- 32 random bytes -------------------- |
 *       | --- proof over both -------------------> |  closes unless it is right
 *       | <-- proof over both -------------------- |
 * </pre>
 *
 * The side that connects is the first to prove it: a port scanner gets nothing that a secret could be guessed from.
 */
final class MemberAuthentication implements MemberSocketInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(MemberAuthentication.class);

    private static final byte[] GREETING = "RATEMESH1".getBytes(US_ASCII);
    private static final int RANDOM_BYTES = 32;

    /** Of the whole exchange. */
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final String NOT_IN_TIME = "nothing in time";

    /** Peers of which a failure is reported as a warning, once for each. */
    private static final int MAX_REPORTED = 100;

    private final ClusterSecret secret;
    private final SecureRandom random = new SecureRandom();
    private final LongAdder rejected = new LongAdder();
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    MemberAuthentication(ClusterSecret secret) {
        this.secret = secret;
    }

    @Override
    public void init(Properties properties) {
        // Everything is known already.
    }

    @Override
    public void onConnect(Socket socket) throws IOException {
        Exchange exchange = new Exchange(socket);
        try {
            byte[] mine = randomBytes();
            exchange.send(GREETING);
            exchange.send(mine);
            byte[] theirs = exchange.receive(RANDOM_BYTES);
            exchange.send(secret.proof(Side.CONNECTING, mine, theirs));
            exchange.receiveExactly(secret.proof(Side.ACCEPTING, mine, theirs));
            exchange.end();
        } catch (IOException e) {
            throw failed(socket, e);
        }
    }

    @Override
    public void onAccept(Socket socket) throws IOException {
        Exchange exchange = new Exchange(socket);
        try {
            exchange.receiveExactly(GREETING);
            byte[] theirs = exchange.receive(RANDOM_BYTES);
            byte[] mine = randomBytes();
            exchange.send(mine);
            exchange.receiveExactly(secret.proof(Side.CONNECTING, theirs, mine));
            exchange.send(secret.proof(Side.ACCEPTING, theirs, mine));
            exchange.end();
        } catch (IOException e) {
            rejected.increment();
            throw failed(socket, e);
        }
    }

    /** Accepted connections whose peer did not prove that it has the secret. */
    long rejected() {
        return rejected.sum();
    }

    private byte[] randomBytes() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Hazelcast's own logger is at error level, and would not say what to do. */
    private IOException failed(Socket socket, IOException cause) {
        String host = IpAddresses.text(socket.getInetAddress());
        boolean first = reported.size() < MAX_REPORTED && reported.add(host);
        LOG.atLevel(first ? Level.WARN : Level.DEBUG)
                .log(
                        "no cluster connection with {}: it did not prove that it has the secret of this cluster ({});"
                                + " set the same cluster.secret-file on every node",
                        IpAddresses.withPort(host, socket.getPort()),
                        cause instanceof SocketTimeoutException ? NOT_IN_TIME : cause.getMessage());
        return cause;
    }

    /** Bytes on a connection, within the time limit. */
    private static final class Exchange {

        private final Socket socket;
        private final InputStream in;
        private final long deadlineNanos = System.nanoTime() + TIMEOUT_NANOS;

        private Exchange(Socket socket) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
        }

        private void send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        private byte[] receive(int count) throws IOException {
            byte[] bytes = new byte[count];
            for (int at = 0; at < count; ) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
                if (left <= 0) {
                    throw new RejectedPeerException(NOT_IN_TIME);
                }
                socket.setSoTimeout((int) left);
                int read = in.read(bytes, at, count - at);
                if (read < 0) {
                    throw new RejectedPeerException("it closed the connection");
                }
                at += read;
            }
            return bytes;
        }

        private void receiveExactly(byte[] expected) throws IOException {
            if (!MessageDigest.isEqual(expected, receive(expected.length))) {
                throw new RejectedPeerException("another secret, or none");
            }
        }

        private void end() throws IOException {
            socket.setSoTimeout(0);
        }
    }

    /** Without a stack trace, which Hazelcast would log for each port scan. */
    private static final class RejectedPeerException extends IOException {

        private static final long serialVersionUID = 1L;

        private RejectedPeerException(String message) {
            super(message);
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
