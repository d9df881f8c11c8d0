package io.ratemesh.balancer.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.listener.OpenSsl.Run;
import io.ratemesh.node.cluster.TransportChoice;
import io.ratemesh.node.settings.TransportSetting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses of nginx, and of servers that say what nginx never would, as curl gets them. */
class CompressedResponsesTest {

    private static final String[] ON = {"balancer.compression.enabled=true"};

    @TempDir
    @SuppressWarnings("NullAway") // JUnit sets it.
    private static Path folder;

    private static @Nullable Process nginx;
    private static int nginxPort;
    private static String json = "";

    @BeforeAll
    static void start() throws Exception {
        json = "{\"rates\":["
                + new Random(1)
                        .ints(20_000, 0, 1000)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(","))
                + "]}";
        Path root = Files.createDirectories(folder.resolve("www"));
        Files.writeString(root.resolve("rates.json"), json);
        Files.writeString(root.resolve("small.json"), "{\"small\":true}");
        Files.writeString(root.resolve("picture.png"), json);
        Files.writeString(root.resolve("packed.json"), json);
        nginxPort = freePort();
        Files.writeString(folder.resolve("nginx.conf"), """
            daemon off;
            master_process off;
            pid nginx.pid;
            error_log stderr;
            events {}
            http {
              types { application/json json; image/png png; }
              access_log off;
              client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp; scgi_temp_path tmp;
              server {
                listen 127.0.0.1:%d;
                root www;
                location = /packed.json { gzip on; gzip_types application/json; gzip_http_version 1.0; gzip_proxied any; }
                location = /cookie.json { alias www/rates.json; add_header Set-Cookie a=b; }
                location = /fixed.json { alias www/rates.json; add_header Cache-Control "public, no-transform"; }
              }
            }
            """.formatted(nginxPort).replace("alias www", "alias " + root));
        nginx = new ProcessBuilder("nginx", "-p", folder.toString(), "-c", "nginx.conf")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(20)).until(() -> listens(nginxPort));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (nginx != null) {
            nginx.destroy();
            assertThat(nginx.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "zstd"})
    void curl_decodes_what_it_asked_for(String coding) throws Exception {
        try (ListenFixture front = front(nginxPort, ON)) {
            awaitNativeCoders(front);
            Response coded = get(front, "/rates.json", "--compressed", "-H", "Accept-Encoding: " + coding);
            Response plain = get(front, "/rates.json");

            assertThat(coded.body()).isEqualTo(json).isEqualTo(plain.body());
            assertThat(coded.field("content-encoding")).isEqualTo(coding);
            assertThat(coded.field("content-length")).isEmpty();
            assertThat(coded.field("accept-ranges")).isEmpty();
            assertThat(coded.field("vary")).isEqualTo("Accept-Encoding");
            assertThat(coded.field("etag")).isEqualTo("W/" + plain.field("etag"));
            assertThat(plain.field("etag")).startsWith("\"");
            assertThat(plain.field("content-encoding")).isEmpty();
            assertThat(plain.field("content-length")).isEqualTo("" + json.length());
            assertThat(plain.field("vary")).isEqualTo("Accept-Encoding");
            assertThat(front.compressed).hasSizeGreaterThanOrEqualTo(1).allSatisfy(each -> {
                assertThat(each[0]).isEqualTo(json.length());
                assertThat(each[1]).isLessThan(json.length() * 2 / 3);
            });
        }
    }

    @Test
    void over_HTTP_2_content_is_compressed_too() throws Exception {
        TestCertificate certificate = new TestCertificate(folder, "site");
        Path files = Files.createTempDirectory(folder, "tls");
        certificate.writeTo(files.resolve("cert.pem"), files.resolve("key.pem"));
        try (ListenFixture front = front(
                nginxPort,
                ON[0],
                "balancer.tls.cert=" + files.resolve("cert.pem"),
                "balancer.tls.key=" + files.resolve("key.pem"))) {
            Response coded = curl(
                    "https://127.0.0.1:" + front.tlsPort() + "/rates.json",
                    "--cacert",
                    files.resolve("cert.pem").toString(),
                    "--http2",
                    "--compressed",
                    "-H",
                    "Accept-Encoding: gzip");

            assertThat(coded.head()).startsWith("HTTP/2 200");
            assertThat(coded.body()).isEqualTo(json);
            assertThat(coded.field("content-encoding")).isEqualTo("gzip");
        }
    }

    @Test
    void an_entity_tag_is_validated_end_to_end() throws Exception {
        try (ListenFixture front = front(nginxPort, ON)) {
            String tag = get(front, "/rates.json", "-H", "Accept-Encoding: gzip", "-o", "/dev/null")
                    .field("etag");
            assertThat(tag).startsWith("W/\"");

            Response again = get(front, "/rates.json", "-H", "Accept-Encoding: gzip", "-H", "If-None-Match: " + tag);

            assertThat(again.head()).startsWith("HTTP/1.1 304");
            assertThat(again.field("etag")).isEqualTo(tag);
            assertThat(again.body()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/small.json | -H | X: y | 14",
                "/picture.png | -H | X: y | ",
                "/cookie.json | -H | X: y | ",
                "/fixed.json | -H | X: y | ",
                "/rates.json | -H | Cookie: a=b | ",
                "/rates.json | -H | Authorization: Basic YTpi | ",
                "/rates.json | -H | Cache-Control: no-transform | ",
                "/rates.json | -H | Range: bytes=0-99 | 100",
                "/rates.json | --head | --http1.1 | ",
            })
    void what_must_stay_as_it_is_gets_no_field_and_no_coding(
            String path, String argument, String value, @Nullable Integer length) throws Exception {
        try (ListenFixture front = front(nginxPort, ON);
                ListenFixture off = front(nginxPort, "balancer.compression.enabled=false")) {
            Response response = get(front, path, "-H", "Accept-Encoding: gzip, br, zstd", argument, value);

            assertThat(response.field("content-encoding")).isEmpty();
            assertThat(response.field("vary")).isEmpty();
            assertThat(response.field("content-length")).isEqualTo("" + (length == null ? json.length() : length));
            Response without = get(off, path, "-H", "Accept-Encoding: gzip, br, zstd", argument, value);
            assertThat(withoutDate(response)).isEqualTo(withoutDate(without));
            assertThat(front.compressed).isEmpty();
        }
    }

    @Test
    void with_cookies_they_do_not_matter() throws Exception {
        try (ListenFixture front = front(nginxPort, ON[0], "balancer.compression.with-cookies=true")) {
            assertThat(get(front, "/cookie.json", "--compressed", "-H", "Accept-Encoding: gzip", "-H", "Cookie: a=b")
                            .field("content-encoding"))
                    .isEqualTo("gzip");
        }
    }

    @Test
    void coded_content_of_the_server_is_passed_on() throws Exception {
        try (ListenFixture front = front(nginxPort, ON)) {
            Response response = get(front, "/packed.json", "--compressed", "-H", "Accept-Encoding: gzip");

            assertThat(response.field("content-encoding")).isEqualTo("gzip");
            assertThat(response.body()).isEqualTo(json);
            assertThat(front.compressed).isEmpty();
        }
    }

    @Test
    void without_compression_nothing_is_changed() throws Exception {
        try (ListenFixture front = front(nginxPort, "balancer.compression.enabled=false")) {
            Response response = get(front, "/rates.json", "-H", "Accept-Encoding: gzip");

            assertThat(response.field("content-encoding")).isEmpty();
            assertThat(response.field("vary")).isEmpty();
            assertThat(response.body()).isEqualTo(json);
        }
    }

    @Test
    void a_client_of_HTTP_1_0_gets_plain_content_with_its_length() throws Exception {
        try (ListenFixture front = front(nginxPort, ON)) {
            Response response = get(front, "/rates.json", "--http1.0", "-H", "Accept-Encoding: gzip");

            assertThat(response.field("content-encoding")).isEmpty();
            assertThat(response.field("content-length")).isEqualTo("" + json.length());
            assertThat(response.body()).isEqualTo(json);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100000", "Transfer-Encoding: chunked"})
    void a_response_that_is_cut_off_stays_incomplete(String framing) throws Exception {
        String begin = framing.startsWith("C") ? "x".repeat(5000) : "1388\r\n" + "x".repeat(5000) + "\r\n";
        try (ServerSocket server = server(out -> out.write(head(framing + "\r\nConnection: close", begin)));
                ListenFixture front = front(server.getLocalPort(), ON)) {
            Run run = new OpenSsl(folder)
                    .run(List.of(
                            "curl",
                            "-s",
                            "-S",
                            "-o",
                            "/dev/null",
                            "--compressed",
                            "-H",
                            "Accept-Encoding: gzip",
                            "-w",
                            "%{header_json}",
                            "http://127.0.0.1:" + front.ports.http() + "/"));

            assertThat(run.output()).contains("\"content-encoding\":[\"gzip\"]").containsPattern("curl: \\((18|56)\\)");
            assertThat(run.status()).isIn(18, 56);
            await().until(() -> front.compressed.size() == 1);
            assertThat(front.compressed.element()[0]).isEqualTo(5000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 7", "Transfer-Encoding: chunked"})
    void what_has_been_received_is_sent_at_once(String framing) throws Exception {
        boolean chunked = framing.startsWith("T");
        CountDownLatch firstRead = new CountDownLatch(1);
        try (ServerSocket server = server(out -> {
                    out.write(head(framing, chunked ? "5\r\nfirst\r\n" : "first"));
                    out.flush();
                    assertThat(firstRead.await(20, TimeUnit.SECONDS)).isTrue();
                    out.write((chunked ? "2\r\n, \r\n0\r\n\r\n" : ", ").getBytes(ISO_8859_1));
                });
                ListenFixture front = front(server.getLocalPort(), ON[0], "balancer.compression.min-size=0");
                InputStream body = new GZIPInputStream(open(front))) {
            assertThat(new String(body.readNBytes(5), ISO_8859_1)).isEqualTo("first");
            firstRead.countDown();
            assertThat(new String(body.readAllBytes(), ISO_8859_1)).isEqualTo(", ");
        }
    }

    @Test
    void a_client_that_does_not_read_pauses_the_server() throws Exception {
        AtomicLong written = new AtomicLong();
        int parts = 2000;
        byte[] part = new byte[32 * 1024];
        Random random = new Random(1);
        for (int i = 0; i < part.length; i++) {
            // Text that is hard to compress.
            part[i] = (byte) (' ' + random.nextInt(95));
        }
        try (ServerSocket server = server(out -> {
                    out.write(head("Content-Length: " + (long) parts * part.length, ""));
                    for (int i = 0; i < parts; i++) {
                        out.write(part);
                        written.addAndGet(part.length);
                    }
                });
                ListenFixture front = front(server.getLocalPort(), ON);
                InputStream body = open(front)) {
            long[] last = {0};
            await().atMost(Duration.ofSeconds(30)).during(Duration.ofSeconds(1)).until(() -> {
                boolean still = written.get() > 0 && written.get() == last[0];
                last[0] = written.get();
                return still;
            });
            assertThat(written.get()).isLessThan((long) parts * part.length / 2);

            try (GZIPInputStream decoded = new GZIPInputStream(body)) {
                for (int i = 0; i < parts; i++) {
                    assertThat(decoded.readNBytes(part.length)).isEqualTo(part);
                }
                assertThat(decoded.read()).isEqualTo(-1);
            }
        }
    }

    /** The body as it is received. */
    private static InputStream open(ListenFixture front) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + front.ports.http() + "/"))
                .header("Accept-Encoding", "gzip")
                .build();
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, BodyHandlers.ofInputStream())
                .body();
    }

    private interface Script {
        void respond(OutputStream out) throws IOException, InterruptedException;
    }

    /** A server that reads the head of one request, and responds by a script. */
    private static ServerSocket server(Script script) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Thread thread = new Thread(
                () -> {
                    try (Socket socket = server.accept()) {
                        BufferedReader in =
                                new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
                        while (!in.readLine().isEmpty()) {
                            // The head of the request.
                        }
                        script.respond(socket.getOutputStream());
                    } catch (IOException | InterruptedException e) {
                        // The test has ended, or fails because of it.
                    }
                },
                "scripted server");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private static byte[] head(String fields, String content) {
        return ("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n" + fields + "\r\n\r\n" + content).getBytes(ISO_8859_1);
    }

    private record Response(String head, String body) {

        String field(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(name + ": "))
                    .map(line -> line.substring(name.length() + 2))
                    .collect(Collectors.joining("|"));
        }
    }

    private static String withoutDate(Response response) {
        return response.head().replaceAll("(?im)^(date|x-request-id): .*$", "") + response.body();
    }

    private static Response get(ListenFixture front, String path, String... arguments) throws IOException {
        return curl("http://127.0.0.1:" + front.ports.http() + path, arguments);
    }

    private static Response curl(String uri, String... arguments) throws IOException {
        Path head = Files.createTempFile(folder, "head", ".txt");
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--max-time", "60", "-D", head.toString()));
        command.addAll(List.of(arguments));
        command.add(uri);
        Run run = new OpenSsl(folder).run(command);
        assertThat(run.status()).as(run.output()).isZero();
        String fields = Files.readString(head);
        return new Response(fields, run.output().equals(fields) ? "" : run.output());
    }

    /** They are loaded in the background. */
    private static void awaitNativeCoders(ListenFixture front) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> get(front, "/rates.json", "-o", "/dev/null", "-H", "Accept-Encoding: br")
                        .field("content-encoding")
                        .equals("br"));
    }

    private static ListenFixture front(int upstreamPort, String... settings) {
        return new ListenFixture(TransportChoice.choose(TransportSetting.AUTO), List.of(settings), upstreamPort);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
