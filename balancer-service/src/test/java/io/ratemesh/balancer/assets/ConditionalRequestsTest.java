package io.ratemesh.balancer.assets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.assets.AssetCatalog;
import io.ratemesh.balancer.http.HttpDate;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The table of conditional and range requests, over HTTP/1.1 and HTTP/2, for assets in memory and in a folder. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConditionalRequestsTest {

    private enum Source {
        MEMORY,
        FOLDER
    }

    private static final String PATH = "/index.html";
    private static final Instant MODIFIED = Instant.parse("1994-11-06T08:49:37Z");
    private static final List<String> KEPT_BY_304 =
            List.of("ETag", "Cache-Control", "Vary", "Last-Modified", "Expires", "Content-Location");

    private final Vertx vertx = Vertx.vertx();
    private final Map<Version, HttpClient> clients = new EnumMap<>(Version.class);
    private final Map<Source, Integer> ports = new EnumMap<>(Source.class);
    private byte[] content = new byte[0];

    @BeforeAll
    void listen(@TempDir Path folder) throws Exception {
        AssetCatalog catalog = AssetCatalog.load();
        content = catalog.find(PATH).orElseThrow().identity().body();
        Path file = folder.resolve(PATH.substring(1));
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.from(MODIFIED.plusMillis(900)));
        ports.put(Source.MEMORY, listen(new AssetHandler(catalog, OtherBuilds.NONE)::handle));
        ports.put(
                Source.FOLDER,
                listen(new AssetFolder(
                        vertx,
                        folder,
                        (request, beganNanos, end) -> {},
                        request -> request.response().setStatusCode(404).end())::handle));
    }

    @AfterAll
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest(name = "{0} {1} {2} is {3}")
    @CsvFileSource(
            resources = "conditional-requests.csv",
            delimiter = '|',
            quoteCharacter = '`',
            useHeadersInDisplayName = true)
    void a_conditional_request_has_the_response_of_the_table(
            String where, String method, String fields, int status, String body) throws Exception {
        for (Source source : Source.values()) {
            if (where.equals("both") || where.equalsIgnoreCase(source.name())) {
                for (Version version : Version.values()) {
                    check(source, version, method, fields == null ? "" : fields, status, body);
                }
            }
        }
    }

    private void check(Source source, Version version, String method, String fields, int status, String body)
            throws Exception {
        String about = source + " over " + version;
        HttpHeaders whole = send(source, version, "GET", "").headers();
        String etag = whole.firstValue("ETag").orElseThrow();

        HttpResponse<byte[]> response = send(source, version, method, filled(fields, etag));

        assertThat(response.version()).isEqualTo(version);
        assertThat(response.statusCode()).as(about).isEqualTo(status);
        assertThat(response.headers().firstValue("Date").flatMap(HttpDate::parse))
                .isPresent();
        byte[] received = response.body();
        switch (body) {
            case "whole" -> assertThat(received).as(about).isEqualTo(content);
            case "none" -> assertThat(received).as(about).isEmpty();
            case "page" -> assertThat(new String(received, UTF_8)).as(about).startsWith("<!doctype html>");
            default -> {
                String indexes = filled(body, etag);
                String[] bounds = indexes.split("-", -1);
                assertThat(received)
                        .as(about)
                        .isEqualTo(Arrays.copyOfRange(
                                content, Integer.parseInt(bounds[0]), Integer.parseInt(bounds[1]) + 1));
                assertThat(response.headers().firstValue("Content-Range"))
                        .hasValue("bytes " + indexes + "/" + content.length);
            }
        }
        checkFields(response, whole, method);
    }

    private void checkFields(HttpResponse<byte[]> response, HttpHeaders whole, String method) {
        HttpHeaders fields = response.headers();
        switch (response.statusCode()) {
            case 200, 206 -> {
                assertThat(fields.firstValue("Accept-Ranges")).hasValue("bytes");
                assertThat(fields.firstValue("ETag")).isEqualTo(whole.firstValue("ETag"));
                assertThat(fields.firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
                assertThat(fields.firstValueAsLong("Content-Length"))
                        .hasValue(method.equals("HEAD") ? content.length : response.body().length);
            }
            case 304 -> {
                KEPT_BY_304.forEach(
                        name -> assertThat(fields.firstValue(name)).as(name).isEqualTo(whole.firstValue(name)));
                assertThat(fields.firstValue("Content-Length")).isEmpty();
                assertThat(fields.firstValue("Content-Type")).isEmpty();
                assertThat(fields.firstValue("Content-Encoding")).isEmpty();
            }
            case 416 -> assertThat(fields.firstValue("Content-Range")).hasValue("bytes */" + content.length);
            default -> assertThat(fields.firstValue("ETag")).isEmpty();
        }
    }

    private HttpResponse<byte[]> send(Source source, Version version, String method, String fields) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.get(source) + PATH))
                .version(version)
                .method(method, BodyPublishers.noBody());
        if (!fields.isEmpty()) {
            for (String field : fields.split(";; ", -1)) {
                int colon = field.indexOf(':');
                request.header(
                        field.substring(0, colon), field.substring(colon + 1).strip());
            }
        }
        return clients.computeIfAbsent(version, any -> HttpClient.newHttpClient())
                .send(request.build(), BodyHandlers.ofByteArray());
    }

    private String filled(String text, String etag) {
        return text.replace("{etag}", etag)
                .replace("{modified}", HttpDate.format(MODIFIED))
                .replace("{before}", HttpDate.format(MODIFIED.minus(Duration.ofDays(1))))
                .replace("{after}", HttpDate.format(MODIFIED.plus(Duration.ofDays(1))))
                .replace("{N-1}", String.valueOf(content.length - 1))
                .replace("{N}", String.valueOf(content.length));
    }

    private int listen(Handler<HttpServerRequest> handler) throws Exception {
        return vertx.createHttpServer()
                .requestHandler(handler)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }
}
