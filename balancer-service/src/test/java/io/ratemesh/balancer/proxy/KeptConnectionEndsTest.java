package io.ratemesh.balancer.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An upstream closes a kept connection while the next request is on its way (RFC 9112 §9.3.1). The servers are threads with sockets. */
class KeptConnectionEndsTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n";
    private static final byte[] OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(US_ASCII);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> accepted = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();

    /** What a server does with a connection after the first response. */
    private interface Then {
        void after(Socket socket) throws IOException;
    }

    static Stream<Transport> transports() {
        return UpstreamResetsTest.transports();
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void idle_close_race(Transport transport) throws Exception {
        try (ProxyFixture fixture = fixture(transport);
                ServerSocket server = fixture.socketServer("a")) {
            serve(server, socket -> {
                socket.setSoTimeout(200);
                serveRest(socket);
            });
            for (int round = 0; round < 3; round++) {
                List<Future<String>> second = new ArrayList<>();
                for (int millis = 190; millis <= 215; millis++) {
                    int pause = millis;
                    second.add(threads.submit(() -> twice(fixture, pause)));
                }
                for (Future<String> response : second) {
                    assertThat(response.get(10, TimeUnit.SECONDS)).startsWith("HTTP/1.1 200 ");
                }
            }
            assertThat(fixture.loop.members().get(0).counts().responseErrors()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void repeated_resets_as_requests_arrive_fail_no_request(Transport transport) throws Exception {
        try (ProxyFixture fixture = fixture(transport);
                ServerSocket server = fixture.socketServer("a");
                RawClient client = new RawClient(fixture.port())) {
            serve(server, KeptConnectionEndsTest::reset);
            for (int i = 0; i < 60; i++) {
                assertThat(client.send(GET).readTo("ok")).startsWith("HTTP/1.1 200 ");
            }
            assertThat(fixture.loop.retryBudget().denied()).isZero();
        }
    }

    @Test
    void shared_connections_may_end_as_well() throws Exception {
        try (ProxyFixture fixture = new ProxyFixture(ProxySettings.of(8080).withPipelining(8));
                ServerSocket server = fixture.socketServer("a");
                RawClient client = new RawClient(fixture.port())) {
            serve(server, KeptConnectionEndsTest::reset);
            for (int i = 0; i < 60; i++) {
                assertThat(client.send(GET).readTo("ok")).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void a_shared_connection_that_ends_before_its_first_request_fails_no_request() throws Exception {
        try (ProxyFixture fixture = new ProxyFixture(ProxySettings.of(8080).withPipelining(8));
                ServerSocket server = fixture.socketServer("a");
                RawClient client = new RawClient(fixture.port())) {
            client.send(GET);
            List<Socket> both = List.of(server.accept(), server.accept());
            Future<Socket> first = threads.submit(() -> answersFirst(both));
            client.readTo("ok");
            Socket beside = both.get(both.get(0).equals(first.get()) ? 1 : 0);

            client.send(GET);
            reset(beside);
            beside.close();

            try (Socket fresh = server.accept()) {
                readHead(fresh.getInputStream());
                fresh.getOutputStream().write(OK);
                assertThat(client.readTo("ok")).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void a_post_that_may_have_been_processed_is_not_repeated() throws Exception {
        try (ProxyFixture fixture = fixture(Transport.NIO);
                ServerSocket server = fixture.socketServer("a");
                RawClient client = new RawClient(fixture.port())) {
            serve(server, KeptConnectionEndsTest::reset);
            client.send(GET).readTo("ok");
            assertThat(client.send(POST).readTo("\r\n\r\n")).startsWith("HTTP/1.1 502 ");
            assertThat(accepted).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_post_is_not_sent_on_a_connection_that_the_upstream_has_closed(Transport transport) throws Exception {
        if (transport == Transport.NIO) {
            return; // It detects a reset only when it reads.
        }
        try (ProxyFixture fixture = fixture(transport);
                ServerSocket server = fixture.socketServer("a");
                RawClient client = new RawClient(fixture.port())) {
            serve(server, KeptConnectionEndsTest::serveRest);
            for (int i = 0; i < 20; i++) {
                client.send(GET).readTo("ok");
                fixture.unseen(() -> {
                    client.send(POST);
                    accepted.get(accepted.size() - 1).close();
                });
                assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
                client.readTo("ok");
            }
        }
    }

    @Test
    void a_request_is_repeated_once_on_a_fresh_connection() throws Exception {
        AtomicInteger kept = new AtomicInteger();
        try (ProxyFixture fixture = fixture(Transport.NIO);
                ServerSocket server = fixture.socketServer("a");
                RawClient one = new RawClient(fixture.port());
                RawClient other = new RawClient(fixture.port())) {
            // Two kept connections, both of which would be reset.
            serve(server, socket -> {
                kept.incrementAndGet();
                reset(socket);
            });
            fixture.unseen(() -> {
                one.send(GET);
                other.send(GET);
            });
            one.readTo("ok");
            other.readTo("ok");
            assertThat(accepted).hasSize(2);

            assertThat(one.send(GET).readTo("ok")).startsWith("HTTP/1.1 200 ");

            assertThat(accepted).hasSize(3);
            assertThat(requests).as("responses").hasValue(3);
        }
    }

    @Test
    void a_broken_fresh_connection_fails_the_request() throws Exception {
        try (ProxyFixture fixture = fixture(Transport.NIO);
                ServerSocket server = fixture.socketServer("a");
                RawClient client = new RawClient(fixture.port())) {
            serve(server, socket -> {
                requests.set(-1);
                reset(socket);
            });
            client.send(GET).readTo("ok");
            // From now on the server resets the first request of a connection, too.
            assertThat(client.send(GET).readTo("\r\n\r\n")).startsWith("HTTP/1.1 502 ");
            assertThat(accepted).hasSize(2);
        }
    }

    @Test
    void the_request_is_repeated_on_another_upstream_if_there_is_one() throws Exception {
        try (ProxyFixture fixture = fixture(Transport.NIO);
                ServerSocket server = fixture.socketServer("a");
                RawClient client = new RawClient(fixture.port())) {
            serve(server, KeptConnectionEndsTest::reset);
            client.send(GET).readTo("ok");
            fixture.server("b", request -> request.response().end("from b, ok"));
            // Round robin among idle servers: one of the next two requests goes to the first server.
            for (int i = 0; i < 2; i++) {
                assertThat(client.send(GET).readTo("ok")).contains("from b");
            }
            await().untilAsserted(() -> assertThat(fixture.loop.members())
                    .extracting(UpstreamOnLoop::inFlight)
                    .containsOnly(0));
        }
    }

    private static ProxyFixture fixture(Transport transport) {
        return new ProxyFixture(ProxySettings.of(8080), transport);
    }

    private static String twice(ProxyFixture fixture, int pauseMillis) throws Exception {
        try (RawClient client = new RawClient(fixture.port())) {
            client.send(GET).readTo("ok");
            // The race is about this time.
            TimeUnit.MILLISECONDS.sleep(pauseMillis);
            return client.send(GET).readTo("\r\n\r\n");
        }
    }

    /** Responds to the first request of each connection. */
    private void serve(ServerSocket server, Then then) {
        Future<?> unusedAccepting = threads.submit(() -> {
            while (true) {
                Socket socket = server.accept();
                accepted.add(socket);
                Future<?> unusedServing = threads.submit(() -> {
                    try (socket) {
                        if (readHead(socket.getInputStream()) && requests.incrementAndGet() > 0) {
                            socket.getOutputStream().write(OK);
                            then.after(socket);
                        } else {
                            socket.setSoLinger(true, 0);
                        }
                    }
                    return null;
                });
            }
        });
    }

    private static void serveRest(Socket socket) throws IOException {
        try {
            while (readHead(socket.getInputStream())) {
                socket.getOutputStream().write(OK);
            }
        } catch (SocketTimeoutException idle) {
            // Closes it, as servers do, with what was received meanwhile unread.
        }
    }

    /** Responds on the connection on which the request is received. */
    private static Socket answersFirst(List<Socket> both) throws IOException {
        while (true) {
            for (Socket each : both) {
                if (each.getInputStream().available() > 0) {
                    readHead(each.getInputStream());
                    each.getOutputStream().write(OK);
                    return each;
                }
            }
            Thread.onSpinWait();
        }
    }

    private static void reset(Socket socket) throws IOException {
        socket.getInputStream().read();
        socket.setSoLinger(true, 0);
    }

    private static boolean readHead(InputStream in) throws IOException {
        int last = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            last = last << 8 | next;
            if (last == ('\r' << 24 | '\n' << 16 | '\r' << 8 | '\n')) {
                return true;
            }
        }
        return false;
    }
}
