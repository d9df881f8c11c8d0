package io.ratemesh.balancer.assets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.assets.AssetCatalog;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packed UI over a real connection. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AssetHandlerTest {

    private static final Pattern FINGERPRINTED = Pattern.compile("href=\"(css/[^\"]+)\"");

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private int port;

    @BeforeAll
    void listen() throws Exception {
        AssetHandler handler = new AssetHandler(AssetCatalog.load(), OtherBuilds.NONE);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> {
                    request.response().putHeader("Strict-Transport-Security", "max-age=1");
                    handler.handle(request);
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        port = server.actualPort();
    }

    @AfterAll
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void the_page_is_served_at_the_root_with_revalidation_and_a_security_policy() throws Exception {
        HttpResponse<byte[]> page = send(request("/?from=USD&to=EUR"));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(csp -> assertThat(csp).startsWith("default-src 'none'"));
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(new String(page.body(), UTF_8)).contains("id=\"amount\"");
    }

    @Test
    void fields_that_are_already_set_stay() throws Exception {
        assertThat(send(request("/")).headers().firstValue("Strict-Transport-Security"))
                .hasValue("max-age=1");
    }

    @Test
    void files_with_a_hash_in_their_name_are_cached_for_a_year() throws Exception {
        Matcher css = FINGERPRINTED.matcher(new String(send(request("/")).body(), UTF_8));
        assertThat(css.find()).isTrue();

        HttpResponse<byte[]> asset = send(request("/" + css.group(1)));

        assertThat(asset.statusCode()).isEqualTo(200);
        assertThat(asset.headers().firstValue("Cache-Control")).hasValue("public, max-age=31536000, immutable");
        assertThat(asset.headers().firstValue("Content-Type")).hasValue("text/css; charset=utf-8");
    }

    @ParameterizedTest
    @CsvSource({"'br, gzip',br", "'gzip;q=1, br;q=0.5',gzip", "zstd,zstd", "identity,", "deflate,"})
    void the_coding_is_the_one_the_client_prefers(String accept, String coding) throws Exception {
        HttpResponse<byte[]> page = send(request("/").header("Accept-Encoding", accept));

        assertThat(page.headers().firstValue("Content-Encoding").orElse(null)).isEqualTo(coding);
        assertThat(page.headers().firstValue("Vary")).hasValue("Accept-Encoding");
    }

    @Test
    void a_client_that_accepts_no_representation_gets_406() throws Exception {
        assertThat(send(request("/").header("Accept-Encoding", "identity;q=0")).statusCode())
                .isEqualTo(406);
    }

    @Test
    void a_client_with_the_current_version_gets_304_without_a_body() throws Exception {
        String etag = send(request("/")).headers().firstValue("ETag").orElseThrow();

        for (String condition : new String[] {etag, "W/" + etag, "\"other\", " + etag, "*"}) {
            HttpResponse<byte[]> again = send(request("/").header("If-None-Match", condition));
            assertThat(again.statusCode()).as(condition).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.headers().firstValue("ETag")).hasValue(etag);
        }
        assertThat(send(request("/").header("If-None-Match", "\"other\"")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void head_has_the_length_and_no_body() throws Exception {
        HttpResponse<byte[]> full = send(request("/"));

        HttpResponse<byte[]> head = send(request("/").method("HEAD", BodyPublishers.noBody()));

        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(full.body().length);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void a_requested_range_is_sent() throws Exception {
        HttpResponse<byte[]> full = send(request("/"));
        String etag = full.headers().firstValue("ETag").orElseThrow();

        HttpResponse<byte[]> part = send(request("/").header("Range", "bytes=10-19"));
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 10-19/" + full.body().length);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(full.body(), 10, 20));

        assertThat(send(request("/").header("Range", "bytes=0-1").header("If-Range", etag))
                        .statusCode())
                .isEqualTo(206);
        assertThat(send(request("/").header("Range", "bytes=0-1").header("If-Range", "\"other\""))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(request("/").header("Range", "bytes=999999-")).statusCode())
                .isEqualTo(416);
        assertThat(send(request("/").header("Range", "bytes=0-1,4-5")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void an_unknown_path_is_404_and_another_method_is_405() throws Exception {
        assertThat(send(request("/nope")).statusCode()).isEqualTo(404);
        assertThat(send(request("/css")).statusCode()).isEqualTo(404);
        assertThat(send(request("/nope").POST(BodyPublishers.ofString("x"))).statusCode())
                .isEqualTo(404);
        HttpResponse<byte[]> post = send(request("/").POST(BodyPublishers.ofString("x")));
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }
}
