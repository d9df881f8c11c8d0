package io.ratemesh.balancer.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssetFolderTest {

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger served = new AtomicInteger();
    private final Path above;
    private int port;

    AssetFolderTest(@TempDir Path above) {
        this.above = above;
    }

    @BeforeEach
    void listen() throws Exception {
        Path folder = above.resolve("site");
        Files.createDirectories(folder.resolve("css"));
        Files.writeString(above.resolve("secret.txt"), "secret");
        Files.writeString(folder.resolve("index.html"), "<h1>Start</h1>");
        Files.writeString(folder.resolve("css/site.css"), "h1{}");
        Files.writeString(folder.resolve(".env"), "secret");
        AssetFolder handler = new AssetFolder(
                vertx,
                folder,
                (request, beganNanos) -> served.incrementAndGet(),
                request -> request.body().onSuccess(body -> request.response().end("elsewhere " + body)));
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
    void a_file_is_served_and_what_is_none_goes_elsewhere() throws Exception {
        assertThat(get("/").body()).isEqualTo("<h1>Start</h1>");
        assertThat(get("/css/site.css").headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/css"));
        await().untilAsserted(() -> assertThat(served).hasValue(2));

        assertThat(get("/api/v1/status").body()).isEqualTo("elsewhere ");
        assertThat(send(request("/index.html").POST(BodyPublishers.ofString("order")))
                        .body())
                .isEqualTo("elsewhere order");
        assertThat(served).hasValue(2);
    }

    @Test
    void nothing_outside_and_nothing_hidden_is_served() throws Exception {
        for (String path :
                new String[] {"/.env", "/..%2fsecret.txt", "/%2e%2e/secret.txt", "/css/..%2f..%2fsecret.txt"}) {
            assertThat(get(path).body()).as(path).doesNotContain("secret");
        }
    }

    @Test
    void a_part_of_a_file_and_a_file_that_has_not_changed() throws Exception {
        HttpResponse<String> part = send(request("/index.html").header("Range", "bytes=0-3"));
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("<h1>");

        String since = get("/index.html").headers().firstValue("Last-Modified").orElseThrow();
        assertThat(send(request("/index.html").header("If-Modified-Since", since))
                        .statusCode())
                .isEqualTo(304);
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
}
