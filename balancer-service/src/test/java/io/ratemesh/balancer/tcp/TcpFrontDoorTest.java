package io.ratemesh.balancer.tcp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.pool.UpstreamSnapshot;
import io.ratemesh.node.settings.CheckSettings.Kind;
import io.ratemesh.node.settings.PoolSettings.Algorithm;
import io.vertx.core.Future;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TcpFrontDoorTest {

    private static final int MEGABYTE = 1024 * 1024;
    private static final int MUCH = 50 * MEGABYTE;
    private static final int CHUNK = 100_003;
    private static final Duration HOUR = Duration.ofHours(1);

    static List<Transport> transports() {
        return TcpFixture.transports().toList();
    }

    /** Those that hear of a RST while nothing is read; the JDK's hears of it when it reads or writes. */
    static List<Transport> nativeTransports() {
        return TcpFixture.transports()
                .filter(transport -> transport != Transport.NIO)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void fifty_megabytes_go_there_and_come_back_as_they_were(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            int port = tcp.server(TcpFrontDoorTest::echo);
            TcpFrontDoor door = tcp.open(TcpFixture.settings(port));

            try (Socket client = tcp.connect()) {
                java.util.concurrent.Future<?> sending = tcp.beside(
                        socket -> {
                            send(socket.getOutputStream(), MUCH, 7);
                            socket.shutdownOutput();
                        },
                        client);

                assertThat(checksum(client.getInputStream())).isEqualTo(checksumOf(MUCH, 7));
                sending.get(10, TimeUnit.SECONDS);
            }
            await().untilAsserted(
                            () -> assertThat(door.snapshot().traffic().open()).isZero());
            assertThat(door.snapshot().traffic().bytesIn()).isEqualTo(MUCH);
            assertThat(door.snapshot().traffic().bytesOut()).isEqualTo(MUCH);
            assertThat(door.snapshot().pool().counts().bytesIn()).isEqualTo(MUCH);
            assertThat(door.snapshot().pool().counts().bytesOut()).isEqualTo(MUCH);
            assertThat(door.snapshot().pool().counts().clientsLeft()).isZero();
            assertThat(door.snapshot().pool().counts().inFlight()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_client_that_ends_its_question_still_gets_the_answer(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            CountDownLatch questionEnded = new CountDownLatch(1);
            int port = tcp.server(socket -> {
                long sum = checksum(socket.getInputStream());
                questionEnded.countDown();
                send(socket.getOutputStream(), MEGABYTE, (int) sum);
            });
            TcpFrontDoor door = tcp.open(TcpFixture.settings(port));

            try (Socket client = tcp.connect()) {
                send(client.getOutputStream(), MEGABYTE, 3);
                client.shutdownOutput();

                assertThat(questionEnded.await(10, TimeUnit.SECONDS)).isTrue();
                assertThat(checksum(client.getInputStream()))
                        .isEqualTo(checksumOf(MEGABYTE, (int) checksumOf(MEGABYTE, 3)));
            }
            await().untilAsserted(
                            () -> assertThat(door.snapshot().traffic().open()).isZero());
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_server_that_has_said_all_still_hears_its_client(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            AtomicLong heard = new AtomicLong();
            int port = tcp.server(socket -> {
                socket.getOutputStream().write("go on".getBytes(US_ASCII));
                socket.shutdownOutput();
                heard.set(checksum(socket.getInputStream()));
            });
            TcpFrontDoor door = tcp.open(TcpFixture.settings(port));

            try (Socket client = tcp.connect()) {
                assertThat(client.getInputStream().readAllBytes())
                        .asString(US_ASCII)
                        .isEqualTo("go on");
                send(client.getOutputStream(), MEGABYTE, 5);
                client.shutdownOutput();

                await().untilAsserted(() -> assertThat(heard).hasValue(checksumOf(MEGABYTE, 5)));
                await().untilAsserted(() ->
                        assertThat(door.snapshot().traffic().open()).isZero());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_reset_of_either_side_reaches_the_other_as_one(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            AtomicLong seen = new AtomicLong();
            int port = tcp.server(socket -> {
                socket.getOutputStream().write('a');
                int first = socket.getInputStream().read();
                if (first == 'r') {
                    socket.setSoLinger(true, 0);
                    return;
                }
                socket.getOutputStream().write('b');
                try {
                    seen.set(socket.getInputStream().read());
                } catch (SocketException e) {
                    seen.set('R');
                }
            });
            TcpFrontDoor door = tcp.open(TcpFixture.settings(port));

            try (Socket client = tcp.connect()) {
                assertThat(client.getInputStream().read()).isEqualTo('a');
                client.getOutputStream().write('r');
                assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            }
            Socket leaver = tcp.connect();
            assertThat(leaver.getInputStream().read()).isEqualTo('a');
            leaver.getOutputStream().write('s');
            assertThat(leaver.getInputStream().read()).isEqualTo('b');
            leaver.setSoLinger(true, 0);
            leaver.close();

            await().untilAsserted(() -> assertThat(seen).hasValue('R'));
            assertThat(door.snapshot().traffic().open()).isZero();
            assertThat(door.snapshot().traffic().clientsLeft()).isEqualTo(1);
            assertThat(door.snapshot().pool().counts().clientsLeft()).isEqualTo(1);
            assertThat(door.snapshot().pool().counts().brokenMidway()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_client_that_does_not_read_holds_its_server_back_and_is_cut_when_idle_for_too_long(Transport transport)
            throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            AtomicLong written = new AtomicLong();
            CountDownLatch cut = new CountDownLatch(1);
            int port = tcp.server(socket -> {
                try {
                    byte[] chunk = new byte[CHUNK];
                    while (true) {
                        socket.getOutputStream().write(chunk);
                        written.addAndGet(chunk.length);
                    }
                } finally {
                    cut.countDown();
                }
            });
            TcpFrontDoor door =
                    tcp.open(TcpFixture.settings(Algorithm.FIRST, Kind.NONE, 0, Duration.ofSeconds(2), port));

            Socket stalled = new Socket();
            stalled.setReceiveBufferSize(16 * 1024);
            tcp.connect(stalled);
            await().until(() -> TcpFixture.await(door.pending()) > 0);
            long most = 0;
            while (!cut.await(50, TimeUnit.MILLISECONDS)) {
                most = Math.max(most, TcpFixture.await(door.pending()));
            }

            assertThat(most).isBetween(1L, 192L * 1024);
            // The rest lies in the kernel's buffers, of which there are four.
            assertThat(written.get()).isLessThan(30L * MEGABYTE);
            assertThat(door.snapshot().traffic().idled()).isEqualTo(1);
            assertThat(door.snapshot().traffic().open()).isZero();
            assertThatThrownBy(() -> stalled.getInputStream().transferTo(OutputStream.nullOutputStream()))
                    .isInstanceOf(SocketException.class);
            stalled.close();
        }
    }

    @Test
    void a_silent_connection_is_closed_after_the_idle_time_and_one_that_speaks_is_not() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int port = tcp.server(TcpFrontDoorTest::echo);
            TcpFrontDoor door =
                    tcp.open(TcpFixture.settings(Algorithm.FIRST, Kind.NONE, 0, Duration.ofMillis(800), port));

            try (Socket silent = tcp.connect();
                    Socket speaker = tcp.connect()) {
                CountDownLatch closed = new CountDownLatch(1);
                java.util.concurrent.Future<?> waiting = tcp.beside(
                        socket -> {
                            assertThat(socket.getInputStream().read()).isEqualTo(-1);
                            closed.countDown();
                        },
                        silent);
                do {
                    speaker.getOutputStream().write('x');
                    assertThat(speaker.getInputStream().read()).isEqualTo('x');
                } while (!closed.await(50, TimeUnit.MILLISECONDS));
                speaker.getOutputStream().write('y');
                assertThat(speaker.getInputStream().read()).isEqualTo('y');
                waiting.get(1, TimeUnit.SECONDS);
            }
            assertThat(door.snapshot().traffic().idled()).isEqualTo(1);
        }
    }

    @Test
    void a_refused_connection_goes_to_another_server_and_its_client_notices_nothing() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int refusing = TcpFixture.refusing();
            int port = tcp.server(named("well"));
            TcpFrontDoor door = tcp.open(TcpFixture.settings(Algorithm.FIRST, Kind.NONE, 0, HOUR, refusing, port));

            for (int i = 0; i < 10; i++) {
                assertThat(ask(tcp)).isEqualTo("well");
            }
            UpstreamSnapshot refused = door.snapshot().pool().servers().get(0);
            assertThat(refused.counts().failedConnects()).isPositive();
            assertThat(refused.counts().retriedElsewhere())
                    .isEqualTo(refused.counts().failedConnects());
            assertThat(door.snapshot().traffic().turnedAway()).isZero();
        }
    }

    @Test
    void where_all_servers_refuse_the_client_waits_for_one_that_comes() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int one = TcpFixture.refusing();
            int other = TcpFixture.refusing();
            TcpFrontDoor door = tcp.open(TcpFixture.settings(Algorithm.ROUND_ROBIN, Kind.TCP, 0, HOUR, one, other));
            await().untilAsserted(() -> assertThat(door.snapshot().pool().servers())
                    .allMatch(server -> server.lastCheck().isPresent()));

            try (Socket client = tcp.connect()) {
                await().untilAsserted(() ->
                        assertThat(door.snapshot().pool().waiting()).isEqualTo(1));
                tcp.serverAt(one, named("back"));

                assertThat(client.getInputStream().readAllBytes())
                        .asString(US_ASCII)
                        .isEqualTo("back");
            }
            assertThat(ask(tcp)).isEqualTo("back");

            tcp.stop(one);
            await().untilAsserted(
                            () -> assertThat(door.snapshot().pool().active()).isZero());
            tcp.serverAt(one, named("again"));
            assertThat(ask(tcp)).isEqualTo("again");
        }
    }

    @Test
    void who_waits_too_long_is_turned_away() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            TcpFrontDoor door =
                    tcp.open(TcpFixture.settings(Algorithm.FIRST, Kind.TCP, 0, HOUR, TcpFixture.refusing()));

            try (Socket client = tcp.connect()) {
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(door.snapshot().traffic().turnedAway()).isEqualTo(1);
            assertThat(door.snapshot().traffic().open()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("nativeTransports")
    void a_client_that_leaves_while_it_waits_is_forgotten(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            int port = TcpFixture.refusing();
            TcpFrontDoor door = tcp.open(TcpFixture.settings(Algorithm.FIRST, Kind.TCP, 0, HOUR, port));

            Socket leaver = tcp.connect();
            await().untilAsserted(
                            () -> assertThat(door.snapshot().pool().waiting()).isEqualTo(1));
            leaver.setSoLinger(true, 0);
            leaver.close();

            await().untilAsserted(
                            () -> assertThat(door.snapshot().traffic().open()).isZero());
            assertThat(door.snapshot().traffic().clientsLeft()).isEqualTo(1);
            assertThat(door.snapshot().traffic().turnedAway()).isZero();
        }
    }

    @Test
    void no_server_has_more_connections_than_it_may_and_the_next_client_waits_for_one_to_end() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int port = tcp.server(TcpFrontDoorTest::echo);
            TcpFrontDoor door = tcp.open(TcpFixture.settings(Algorithm.FIRST, Kind.NONE, 1, HOUR, port));

            Socket first = tcp.connect();
            first.getOutputStream().write('1');
            assertThat(first.getInputStream().read()).isEqualTo('1');
            try (Socket second = tcp.connect()) {
                second.getOutputStream().write('2');
                await().untilAsserted(() ->
                        assertThat(door.snapshot().pool().waiting()).isEqualTo(1));
                assertThat(door.snapshot().pool().counts().inFlight()).isEqualTo(1);
                first.close();

                assertThat(second.getInputStream().read()).isEqualTo('2');
            }
        }
    }

    @Test
    void a_question_that_was_ended_while_it_waited_is_answered() throws Exception {
        for (Transport transport : transports()) {
            try (TcpFixture tcp = new TcpFixture(transport)) {
                int port = TcpFixture.refusing();
                TcpFrontDoor door = tcp.open(TcpFixture.settings(Algorithm.FIRST, Kind.TCP, 0, HOUR, port));
                try (Socket client = tcp.connect()) {
                    client.getOutputStream().write("question".getBytes(US_ASCII));
                    client.shutdownOutput();
                    await().untilAsserted(() ->
                            assertThat(door.snapshot().pool().waiting()).isEqualTo(1));
                    tcp.serverAt(port, TcpFrontDoorTest::echo);

                    assertThat(client.getInputStream().readAllBytes())
                            .asString(US_ASCII)
                            .isEqualTo("question");
                }
            }
        }
    }

    @Test
    void the_connections_go_where_the_algorithm_says() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int one = tcp.server(named("one"));
            int two = tcp.server(named("two"));
            tcp.open(TcpFixture.settings(Algorithm.SOURCE_HASH, Kind.NONE, 0, HOUR, one, two));

            List<String> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(ask(tcp));
            }
            assertThat(answers).containsOnly(answers.get(0));
            int others = 0;
            for (int i = 2; i < 34; i++) {
                try (Socket elsewhere = new Socket()) {
                    elsewhere.bind(new InetSocketAddress(InetAddress.getByName("127.0.0." + i), 0));
                    tcp.connect(elsewhere);
                    String answer = new String(elsewhere.getInputStream().readAllBytes(), US_ASCII);
                    if (!answer.equals(answers.get(0))) {
                        others++;
                    }
                }
            }
            assertThat(others).isBetween(4, 28);
        }
    }

    @Test
    void open_connections_count_as_load() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int one = tcp.server(TcpFrontDoorTest::echo);
            int two = tcp.server(TcpFrontDoorTest::echo);
            TcpFrontDoor door =
                    tcp.open(TcpFixture.settings(Algorithm.LEAST_CONNECTIONS, Kind.NONE, 0, HOUR, one, two));
            List<Socket> open = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                Socket socket = tcp.connect();
                socket.getOutputStream().write('x');
                assertThat(socket.getInputStream().read()).isEqualTo('x');
                open.add(socket);
            }

            assertThat(door.snapshot().pool().servers())
                    .extracting(server -> server.counts().inFlight())
                    .containsExactly(5L, 5L);
            for (Socket socket : open) {
                socket.close();
            }
            await().untilAsserted(
                            () -> assertThat(door.snapshot().traffic().open()).isZero());
            assertThat(door.snapshot().mostOpen()).isEqualTo(10);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_database_that_speaks_first_is_heard_at_once(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            int port = tcp.server(socket -> {
                socket.getOutputStream().write("5.7.1-db\n".getBytes(US_ASCII));
                if (line(socket).equals("login")) {
                    socket.getOutputStream().write("welcome\n".getBytes(US_ASCII));
                    echo(socket);
                }
            });
            tcp.open(TcpFixture.settings(port));

            try (Socket client = tcp.connect()) {
                assertThat(line(client)).isEqualTo("5.7.1-db");
                client.getOutputStream().write("login\n".getBytes(US_ASCII));
                assertThat(line(client)).isEqualTo("welcome");
                for (int i = 0; i < 100; i++) {
                    client.getOutputStream().write(("select " + i + "\n").getBytes(US_ASCII));
                    assertThat(line(client)).isEqualTo("select " + i);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void thousands_of_short_connections_leave_nothing_behind(Transport transport) throws Exception {
        int clients = 4;
        int each = 500;
        try (TcpFixture tcp = new TcpFixture(transport)) {
            int one = tcp.server(TcpFrontDoorTest::echo);
            int two = tcp.server(TcpFrontDoorTest::echo);
            TcpFrontDoor door = tcp.open(TcpFixture.settings(one, two));

            List<java.util.concurrent.Future<?>> all = new ArrayList<>();
            for (int c = 0; c < clients; c++) {
                all.add(tcp.beside(
                        ignored -> {
                            for (int i = 0; i < each; i++) {
                                try (Socket client = tcp.connect()) {
                                    client.getOutputStream().write(("short " + i).getBytes(US_ASCII));
                                    client.shutdownOutput();
                                    assertThat(client.getInputStream().readAllBytes())
                                            .asString(US_ASCII)
                                            .isEqualTo("short " + i);
                                }
                            }
                        },
                        new Socket()));
            }
            for (java.util.concurrent.Future<?> client : all) {
                client.get(40, TimeUnit.SECONDS);
            }

            await().untilAsserted(
                            () -> assertThat(door.snapshot().traffic().open()).isZero());
            TcpSnapshot snapshot = door.snapshot();
            assertThat(snapshot.traffic().connections()).isEqualTo((long) clients * each);
            assertThat(snapshot.traffic().clientsLeft()).isZero();
            assertThat(snapshot.pool().counts().inFlight()).isZero();
            assertThat(snapshot.pool().counts().requests()).isEqualTo((long) clients * each);
            assertThat(snapshot.pool().counts().failedConnects()).isZero();
            assertThat(snapshot.pool().servers())
                    .allMatch(server -> server.counts().requests() >= clients * each / 2 - 10);
        }
    }

    @Test
    void a_drain_lets_nobody_in_and_open_connections_go_on_until_they_end() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int port = tcp.server(TcpFrontDoorTest::echo);
            TcpFrontDoor door = tcp.open(TcpFixture.settings(port));
            Socket open = tcp.connect();
            open.getOutputStream().write('1');
            assertThat(open.getInputStream().read()).isEqualTo('1');

            Future<Void> drained = door.drain(Duration.ofSeconds(30));
            await().untilAsserted(() -> assertThat(door.snapshot().accepting()).isFalse());
            assertThatThrownBy(tcp::connect).isInstanceOf(IOException.class);
            open.getOutputStream().write('2');
            assertThat(open.getInputStream().read()).isEqualTo('2');
            assertThat(drained.isComplete()).isFalse();
            open.close();

            TcpFixture.await(drained);
            assertThat(door.snapshot().traffic().cut()).isZero();
        }
    }

    @Test
    void what_is_still_open_at_the_deadline_of_a_drain_is_cut() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int port = tcp.server(TcpFrontDoorTest::echo);
            TcpFrontDoor door = tcp.open(TcpFixture.settings(port));
            try (Socket open = tcp.connect()) {
                open.getOutputStream().write('1');
                assertThat(open.getInputStream().read()).isEqualTo('1');

                TcpFixture.await(door.drain(Duration.ofMillis(200)));

                assertThat(open.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(door.snapshot().traffic().cut()).isEqualTo(1);
            assertThat(door.snapshot().traffic().open()).isZero();
        }
    }

    @Test
    void a_port_that_is_taken_fails_to_open() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int taken = tcp.server(TcpFrontDoorTest::echo);
            var settings = TcpFixture.settings(taken);
            var listening = new io.ratemesh.node.settings.TcpSettings(
                    new io.ratemesh.node.settings.BalancerSettings.Listen("127.0.0.1", taken),
                    settings.proxyProtocol(),
                    settings.pool(),
                    settings.limits(),
                    settings.connectTimeout(),
                    settings.idleTimeout());

            assertThatThrownBy(() -> tcp.open(listening)).hasStackTraceContaining("in use");
        }
    }

    private static String ask(TcpFixture tcp) throws IOException {
        try (Socket client = tcp.connect()) {
            return new String(client.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    private static TcpFixture.Talk named(String name) {
        return socket -> socket.getOutputStream().write(name.getBytes(US_ASCII));
    }

    private static void echo(Socket socket) throws IOException {
        socket.getInputStream().transferTo(socket.getOutputStream());
    }

    private static String line(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        InputStream in = socket.getInputStream();
        for (int read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
            line.append((char) read);
        }
        return line.toString();
    }

    private static void send(OutputStream out, int bytes, int seed) throws IOException {
        Random random = new Random(seed);
        byte[] chunk = new byte[CHUNK];
        for (int left = bytes; left > 0; left -= chunk.length) {
            random.nextBytes(chunk);
            out.write(chunk, 0, Math.min(left, chunk.length));
        }
    }

    private static long checksum(InputStream in) throws IOException {
        CRC32 sum = new CRC32();
        byte[] buffer = new byte[64 * 1024];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            sum.update(buffer, 0, read);
        }
        return sum.getValue();
    }

    private static long checksumOf(int bytes, int seed) throws IOException {
        CRC32 sum = new CRC32();
        send(
                new OutputStream() {
                    @Override
                    public void write(int one) {
                        sum.update(one);
                    }

                    @Override
                    public void write(byte[] some, int from, int length) {
                        sum.update(some, from, length);
                    }
                },
                bytes,
                seed);
        return sum.getValue();
    }
}
