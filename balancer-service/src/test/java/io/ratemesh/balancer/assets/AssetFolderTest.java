package io.ratemesh.balancer.assets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.assets.FolderListener.End;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssetFolderTest {

    /** More than the sockets and queues between server and client can buffer. */
    private static final int LARGE = 64 << 20;

    private static final FileTime OLD = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Queue<End> ends = new ConcurrentLinkedQueue<>();
    private final Path above;
    private final Path folder;
    private int port;

    AssetFolderTest(@TempDir Path above) {
        this.above = above;
        this.folder = above.resolve("site");
    }

    @BeforeEach
    void listen() throws Exception {
        Files.createDirectories(folder.resolve("css"));
        Files.writeString(above.resolve("secret.txt"), "secret");
        Files.writeString(folder.resolve("index.html"), "<h1>Start</h1>");
        Files.writeString(folder.resolve("css/site.css"), "h1{}");
        Files.writeString(folder.resolve(".env"), "secret");
        AssetFolder handler = new AssetFolder(vertx, folder, (request, beganNanos, end) -> ends.add(end), request -> {
            Future<Buffer> read = request.isEnded() ? Future.succeededFuture(Buffer.buffer()) : request.body();
            read.onSuccess(body -> request.response().end("fallback " + body));
            request.resume();
        });
        HttpServer server = vertx.createHttpServer()
                .requestHandler(handler::handle)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        port = server.actualPort();
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void a_file_is_served_and_other_requests_go_to_the_fallback() throws Exception {
        assertThat(get("/").body()).isEqualTo("<h1>Start</h1>");
        assertThat(get("/css/site.css").headers().firstValue("Content-Type")).hasValue("text/css; charset=utf-8");
        await().untilAsserted(() -> assertThat(ends).containsExactly(End.COMPLETE, End.COMPLETE));

        assertThat(get("/api/v1/status").body()).isEqualTo("fallback ");
        assertThat(send(request("/index.html").POST(BodyPublishers.ofString("order")))
                        .body())
                .isEqualTo("fallback order");
        assertThat(send(request("/nope").method("GET", BodyPublishers.ofString("body")))
                        .body())
                .isEqualTo("fallback body");
        assertThat(ends).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.env",
                "/%2eenv",
                "/..%2fsecret.txt",
                "/%2e%2e/secret.txt",
                "/css/..%2f..%2fsecret.txt",
                "/css/..%5c..%5csecret.txt",
                "/css/%252e%252e/%252e%252e/secret.txt",
                "/css%2fsite.css",
                "/css/site.css/",
                "/css/site.css%00",
                "/%ff",
                "/%zz",
                "/out/secret.txt",
                "/link.txt",
                "/.well-known/.env",
                "/css/.well-known/a",
                "/pipe",
                "/css/"
            })
    void nothing_outside_and_nothing_hidden_is_served(String path) throws Exception {
        Files.createSymbolicLink(folder.resolve("out"), above);
        Files.createSymbolicLink(folder.resolve("link.txt"), above.resolve("secret.txt"));
        for (String name : List.of(".well-known/.env", "css/.well-known/a")) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), "secret");
        }
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();

        try (Socket socket = new Socket("127.0.0.1", port)) {
            String response = raw(socket, path);
            assertThat(response).startsWith("HTTP/1.1 200").endsWith("fallback ");
        }
    }

    @Test
    void a_name_too_long_for_a_file_goes_to_the_fallback() throws Exception {
        assertThat(get("/" + "a".repeat(300)).body()).isEqualTo("fallback ");
    }

    @Test
    void well_known_files_are_served() throws Exception {
        Files.createDirectories(folder.resolve(".well-known/acme-challenge"));
        Files.writeString(folder.resolve(".well-known/acme-challenge/token"), "token.key");

        assertThat(get("/.well-known/acme-challenge/token").body()).isEqualTo("token.key");
    }

    @Test
    void a_name_is_decoded_once() throws Exception {
        Files.writeString(folder.resolve("50% größer.txt"), "yes");

        assertThat(get("/50%25%20gr%C3%B6%C3%9Fer.txt").body()).isEqualTo("yes");
        assertThat(get("/50%2525%20gr%C3%B6%C3%9Fer.txt").body()).isEqualTo("fallback ");
    }

    @Test
    void links_within_the_folder_are_followed_as_in_a_volume_of_kubernetes() throws Exception {
        Files.createDirectories(folder.resolve("..2026_01_01"));
        Files.writeString(folder.resolve("..2026_01_01/config.json"), "{}");
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_01_01"));
        Files.createSymbolicLink(folder.resolve("config.json"), Path.of("..data/config.json"));

        assertThat(get("/config.json").body()).isEqualTo("{}");
        assertThat(get("/..data/config.json").body()).isEqualTo("fallback ");
    }

    /** The case {@code folder-file-appears}. */
    @Test
    void folder_file_appears() throws Exception {
        assertThat(get("/later.txt").body()).isEqualTo("fallback ");

        Files.writeString(folder.resolve("later.txt"), "here");

        assertThat(get("/later.txt").statusCode()).isEqualTo(200);
        assertThat(get("/later.txt").body()).isEqualTo("here");
    }

    /** The case {@code folder-if-range-etag}. */
    @Test
    void folder_if_range_etag() throws Exception {
        Files.writeString(folder.resolve("a.txt"), "x".repeat(1000));

        HttpResponse<String> response =
                send(request("/a.txt").header("Range", "bytes=500-").header("If-Range", "\"nope\""));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).hasSize(1000);
    }

    @Test
    void a_changed_file_gets_no_304() throws Exception {
        write("a.txt", "one", OLD);
        HttpResponse<String> first = get("/a.txt");
        String modified = first.headers().firstValue("Last-Modified").orElseThrow();
        assertThat(since(modified).statusCode()).isEqualTo(304);

        write("a.txt", "two", FileTime.from(OLD.toInstant().plusSeconds(1)));

        assertThat(since(modified).body()).isEqualTo("two");
        assertThat(unless(etag(first)).body()).isEqualTo("two");
    }

    @Test
    void a_changed_file_of_the_same_size_and_time_has_another_tag() throws Exception {
        write("a.txt", "one", OLD);
        String before = etag(get("/a.txt"));

        write("b.txt", "two", OLD);
        Files.move(folder.resolve("b.txt"), folder.resolve("a.txt"), StandardCopyOption.REPLACE_EXISTING);

        assertThat(unless(before).body()).isEqualTo("two");
        assertThat(get("/a.txt").headers().firstValue("Last-Modified")).hasValue("Wed, 01 Jan 2020 00:00:00 GMT");
    }

    @Test
    void a_file_that_was_written_just_now_has_a_strong_tag() throws Exception {
        Files.writeString(folder.resolve("a.txt"), "new");

        String etag = etag(get("/a.txt"));

        assertThat(etag).startsWith("\"");
        assertThat(send(request("/a.txt").header("Range", "bytes=1-").header("If-Range", etag))
                        .body())
                .isEqualTo("ew");
    }

    @Test
    void a_deleted_file_gets_no_304() throws Exception {
        write("a.txt", "one", OLD);
        HttpResponse<String> first = get("/a.txt");

        Files.delete(folder.resolve("a.txt"));

        assertThat(since(first.headers().firstValue("Last-Modified").orElseThrow())
                        .body())
                .isEqualTo("fallback ");
        assertThat(unless(etag(first)).body()).isEqualTo("fallback ");
    }

    @Test
    void there_is_one_cache_control_field() throws Exception {
        assertThat(get("/").headers().allValues("Cache-Control")).containsExactly("no-cache");
    }

    @ParameterizedTest
    @CsvSource({
        "/dir,/dir/",
        "/dir?x=1,/dir/?x=1",
        "/dir?,/dir/?",
        "//dir?x=//y,/dir/?x=//y",
        "/d%69r?x=%2f,/d%69r/?x=%2f",
    })
    void a_folder_without_a_slash_is_redirected_with_its_query(String target, String location) throws Exception {
        Files.createDirectories(folder.resolve("dir"));
        write("dir/index.html", "dir", OLD);

        try (Socket socket = new Socket("127.0.0.1", port)) {
            assertThat(raw(socket, target))
                    .startsWith("HTTP/1.1 301 ")
                    .containsIgnoringCase("\r\nlocation: " + location + "\r\n");
        }
        assertThat(get("/dir/?x=1").body()).isEqualTo("dir");
        assertThat(get("/css").body()).isEqualTo("fallback ");
    }

    @Test
    void a_large_file_is_sent_completely_to_a_slow_client_although_it_is_replaced() throws Exception {
        sparse("large.bin", LARGE);

        try (Socket socket = new Socket("127.0.0.1", port)) {
            sendRequest(socket, "/large.bin");
            InputStream in = socket.getInputStream();
            assertThat(head(in)).contains("ontent-length: " + LARGE);
            sparse("other.bin", 1000);
            Files.move(folder.resolve("other.bin"), folder.resolve("large.bin"), StandardCopyOption.REPLACE_EXISTING);

            assertThat(in.skip(LARGE)).isEqualTo(LARGE);
            assertThat(in.read()).isEqualTo(-1);
        }
        assertThat(get("/large.bin").body()).hasSize(1000);
        await().untilAsserted(() -> assertThat(ends).containsExactly(End.COMPLETE, End.COMPLETE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"truncated", "written"})
    void a_file_that_changes_while_it_is_sent_aborts_the_response(String how) throws Exception {
        sparse("large.bin", LARGE);

        try (Socket socket = new Socket("127.0.0.1", port)) {
            sendRequest(socket, "/large.bin");
            InputStream in = socket.getInputStream();
            assertThat(head(in)).contains("ontent-length: " + LARGE);
            change(how);

            assertThat(in.readAllBytes().length).isLessThan(LARGE);
        }
        await().untilAsserted(() -> assertThat(ends).containsExactly(End.FAILED));
    }

    @Test
    void a_file_that_changes_while_it_is_sent_resets_an_http2_stream_with_an_error() throws Exception {
        sparse("large.bin", LARGE);
        CompletableFuture<Throwable> broke = new CompletableFuture<>();

        vertx.createHttpClient(new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setHttp2ClearTextUpgrade(false))
                .request(HttpMethod.GET, port, "127.0.0.1", "/large.bin")
                .compose(HttpClientRequest::send)
                .map(HttpClientResponse::pause)
                .compose(response -> vertx.executeBlocking(() -> {
                            change("truncated");
                            return response;
                        })
                        .onSuccess(ready -> {
                            ready.exceptionHandler(broke::complete);
                            ready.endHandler(ignored -> broke.complete(new AssertionError("it ended")));
                            ready.resume();
                        }));

        assertThat(broke.get(10, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        StreamResetException.class,
                        reset -> assertThat(reset.getCode()).isEqualTo(2));
    }

    @Test
    void a_client_that_aborts_during_a_file_is_logged_as_an_abort() throws Exception {
        sparse("large.bin", LARGE);

        try (Socket socket = new Socket("127.0.0.1", port)) {
            sendRequest(socket, "/large.bin");
            assertThat(head(socket.getInputStream())).startsWith("HTTP/1.1 200");
        }

        await().untilAsserted(() -> assertThat(ends).containsExactly(End.CLIENT_ABORT));
    }

    private void change(String how) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("large.bin").toFile(), "rw")) {
            if (how.equals("truncated")) {
                file.setLength(LARGE / 2);
            } else {
                file.seek(LARGE - 1);
                file.write('x');
            }
        }
    }

    private void write(String name, String content, FileTime modified) throws IOException {
        Files.writeString(folder.resolve(name), content);
        Files.setLastModifiedTime(folder.resolve(name), modified);
    }

    private void sparse(String name, long length) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
            file.setLength(length);
        }
    }

    private HttpResponse<String> since(String modified) throws IOException, InterruptedException {
        return send(request("/a.txt").header("If-Modified-Since", modified));
    }

    private HttpResponse<String> unless(String etag) throws IOException, InterruptedException {
        return send(request("/a.txt").header("If-None-Match", etag));
    }

    private static String etag(HttpResponse<String> response) {
        return response.headers().firstValue("ETag").orElseThrow();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** For targets that an HTTP client would not send. */
    private static String raw(Socket socket, String target) throws IOException {
        sendRequest(socket, target);
        return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }

    private static void sendRequest(Socket socket, String target) throws IOException {
        socket.setSoTimeout(10_000);
        socket.getOutputStream()
                .write(("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes(ISO_8859_1));
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        return head.toString();
    }
}
