package io.ratemesh.balancer.accesslog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.http.Termination;
import io.ratemesh.balancer.listener.Listener;
import io.ratemesh.balancer.listener.ListenerProtocol;
import io.ratemesh.balancer.proxy.ExchangeLog;
import io.ratemesh.balancer.proxy.ExchangeSummary;
import io.ratemesh.node.accesslog.AccessLog;
import io.ratemesh.node.accesslog.LineFormat;
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

    private final LineFormat<AccessEntry> format =
            new ConcurrencyLineFormat(new HttpLogFormat("edge-1", 1, ZoneOffset.UTC));

    @Test
    void writes_the_entries_of_every_loop_with_the_connections_and_requests_in_flight() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AccessLog<AccessEntry> log = new AccessLog<>(format, out, 8, System::nanoTime);
        Listener http = Entries.listener("http", ListenerProtocol.HTTP, 6, 7);
        Listener https = Entries.listener("https", ListenerProtocol.HTTPS, 1, 7);
        ExchangeLog one =
                new AccessLogWriter(log.newQueue()).of(Entries.POOL, request -> request.isSSL() ? https : http);
        ListenerLog two = new AccessLogWriter(log.newQueue()).at(http);

        one.ended(exchange("/proxied"));
        two.responded(request("/index.html"), 200, 10, 1);
        two.rejected(SocketAddress.inetSocketAddress(5, "10.9.9.9"), 400, 0);
        two.rejected(SocketAddress.inetSocketAddress(6, "10.9.9.9"), 408, 10_001);
        two.rejected(request("/often"), 429);
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
    void entries_beyond_the_capacity_of_a_queue_are_dropped_and_counted() throws IOException {
        CountDownLatch disk = new CountDownLatch(1);
        CountDownLatch writing = new CountDownLatch(1);
        try (OutputStream slow = new OutputStream() {
            @Override
            public void write(int value) {
                writing.countDown();
                try {
                    disk.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }) {
            AccessLog<AccessEntry> log = new AccessLog<>(format, slow, 4, System::nanoTime);
            ExchangeLog exchanges = new AccessLogWriter(log.newQueue()).of(Entries.POOL, request -> Entries.PLAIN);
            exchanges.ended(exchange("/first"));
            await().until(() -> writing.getCount() == 0);

            for (int i = 0; i < 10; i++) {
                exchanges.ended(exchange("/more"));
            }

            assertThat(log.dropped()).isEqualTo(6);
            disk.countDown();
            log.close();
            assertThat(log.written()).isEqualTo(5);
        }
    }

    @Test
    void lines_that_a_full_disk_does_not_take_are_counted_and_later_ones_are_written() {
        boolean[] full = {true};
        ByteArrayOutputStream disk = new ByteArrayOutputStream();
        OutputStream out = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                if (full[0]) {
                    throw new IOException("No space left on device");
                }
                disk.write(bytes, from, count);
            }
        };
        AccessLog<AccessEntry> log = new AccessLog<>(format, out, 4, System::nanoTime);
        ExchangeLog exchanges = new AccessLogWriter(log.newQueue()).of(Entries.POOL, request -> Entries.PLAIN);

        exchanges.ended(exchange("/lost"));
        await().until(() -> log.dropped() == 1);
        full[0] = false;
        exchanges.ended(exchange("/kept"));
        log.close();

        assertThat(disk.toString(US_ASCII)).contains("/kept").doesNotContain("/lost");
    }

    @Test
    void a_long_target_is_truncated() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AccessLog<AccessEntry> log = new AccessLog<>(format, out, 4, System::nanoTime);
        new AccessLogWriter(log.newQueue())
                .of(Entries.POOL, request -> Entries.PLAIN)
                .ended(exchange("/" + "a".repeat(5000)));
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
