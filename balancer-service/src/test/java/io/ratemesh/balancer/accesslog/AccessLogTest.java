package io.ratemesh.balancer.accesslog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.http.Termination;
import io.ratemesh.balancer.proxy.ExchangeLog;
import io.ratemesh.balancer.proxy.ExchangeSummary;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AccessLogTest {

    private final LineFormat format = new HttpLogFormat("edge-1", 1, ZoneOffset.UTC);

    @Test
    void writes_what_every_loop_hands_over_with_what_else_was_under_way() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AccessLog log = new AccessLog(format, out, 8, System::nanoTime);
        LoggedListener http = new LoggedListener("http", false, () -> 6);
        LoggedListener https = new LoggedListener("https", true, () -> 1);
        ExchangeLog one = log.lane(() -> 7).of(Entries.POOL, came -> came.isSSL() ? https : http);
        ListenerLog two = log.lane(() -> 7).at(http);

        one.ended(exchange("/proxied"));
        two.answeredHere(request("/index.html"), 200, 10, 1);
        two.refused(SocketAddress.inetSocketAddress(5, "10.9.9.9"), 400, 0);
        two.refused(SocketAddress.inetSocketAddress(6, "10.9.9.9"), 408, 10_001);
        two.refused(request("/often"), 429);
        log.close();

        String[] lines = out.toString(US_ASCII).split("\n");
        assertThat(log.written()).isEqualTo(5);
        assertThat(log.dropped()).isZero();
        assertThat(lines[0]).contains(" http web/srv1 ", " 7/6/0/0/0 ").endsWith("\"GET /proxied HTTP/1.1\"");
        assertThat(lines[1]).contains(" http http/<NOSRV> 0/-1/-1/-1/1 200 10 - - LR-- 7/6/0/0/0 ");
        assertThat(lines[2])
                .contains("10.9.9.9:5 ")
                .endsWith(" http http/<NOSRV> -1/-1/-1/-1/0 400 0 - - PR-- 7/6/0/0/0 0/0 \"<BADREQ>\"");
        assertThat(lines[3])
                .contains("10.9.9.9:6 ")
                .endsWith(" http http/<NOSRV> -1/-1/-1/-1/10001 408 0 - - cR-- 7/6/0/0/0 0/0 \"<BADREQ>\"");
        assertThat(lines[4])
                .endsWith(" http http/<NOSRV> 0/-1/-1/-1/0 429 0 - - PR-- 7/6/0/0/0 0/0 \"GET /often HTTP/1.1\"");
    }

    @Test
    void drops_and_counts_what_a_full_lane_has_no_room_for_and_never_waits() throws IOException {
        CountDownLatch disk = new CountDownLatch(1);
        CountDownLatch writing = new CountDownLatch(1);
        try (OutputStream slow = new OutputStream() {
            @Override
            public void write(int octet) {
                writing.countDown();
                try {
                    disk.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }) {
            AccessLog log = new AccessLog(format, slow, 4, System::nanoTime);
            ExchangeLog lane = log.lane(() -> 1).of(Entries.POOL, came -> Entries.PLAIN);
            lane.ended(exchange("/first"));
            await().until(() -> writing.getCount() == 0);

            for (int i = 0; i < 10; i++) {
                lane.ended(exchange("/more"));
            }

            assertThat(log.dropped()).isEqualTo(6);
            disk.countDown();
            log.close();
            assertThat(log.written()).isEqualTo(5);
        }
    }

    @Test
    void a_disk_that_is_full_costs_lines_that_are_counted_and_nothing_else() {
        boolean[] full = {true};
        ByteArrayOutputStream disk = new ByteArrayOutputStream();
        OutputStream out = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] octets, int from, int count) throws IOException {
                if (full[0]) {
                    throw new IOException("No space left on device");
                }
                disk.write(octets, from, count);
            }
        };
        AccessLog log = new AccessLog(format, out, 4, System::nanoTime);
        ExchangeLog lane = log.lane(() -> 1).of(Entries.POOL, came -> Entries.PLAIN);

        lane.ended(exchange("/lost"));
        await().until(() -> log.dropped() == 1);
        full[0] = false;
        lane.ended(exchange("/kept"));
        log.close();

        assertThat(disk.toString(US_ASCII)).contains("/kept").doesNotContain("/lost");
    }

    @Test
    void a_long_target_is_cut() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AccessLog log = new AccessLog(format, out, 4, System::nanoTime);
        log.lane(() -> 1).of(Entries.POOL, came -> Entries.PLAIN).ended(exchange("/" + "a".repeat(5000)));
        log.close();

        assertThat(out.size()).isLessThan(1300);
    }

    static ExchangeSummary exchange(String target) {
        return new ExchangeSummary(
                request(target), Entries.SERVER, 200, 0, 119, 0, 0, 1, 1, Termination.NORMAL, 0, false, 0);
    }

    static HttpServerRequest request(String target) {
        SocketAddress client = SocketAddress.inetSocketAddress(33317, "10.0.1.2");
        return (HttpServerRequest) Proxy.newProxyInstance(
                AccessLogTest.class.getClassLoader(),
                new Class<?>[] {HttpServerRequest.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "uri" -> target;
                    case "method" -> HttpMethod.GET;
                    case "version" -> HttpVersion.HTTP_1_1;
                    case "remoteAddress" -> client;
                    case "connection" -> null;
                    case "isSSL" -> false;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
