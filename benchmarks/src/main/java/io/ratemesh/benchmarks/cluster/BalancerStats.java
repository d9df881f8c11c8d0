package io.ratemesh.benchmarks.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletionException;

/** {@code /stats.json} of a balancer, which asks for the password of its administrator. */
final class BalancerStats {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Path passwordFile;
    private final int port;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    BalancerStats(Path passwordFile, int port) {
        this.passwordFile = passwordFile;
        this.port = port;
    }

    int port() {
        return port;
    }

    JsonObject read() {
        try {
            String password = Files.readString(passwordFile).strip();
            String credentials = Base64.getEncoder().encodeToString(("admin:" + password).getBytes(UTF_8));
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/stats.json"))
                    .header("Authorization", "Basic " + credentials)
                    .timeout(TIMEOUT)
                    .build();
            return new JsonObject(client.send(request, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    /** The number of converters that get requests. */
    static int activeConverters(JsonObject stats) {
        return stats.getJsonArray("pools").stream()
                .map(JsonObject.class::cast)
                .filter(pool -> pool.getString("name").equals("converters"))
                .mapToInt(pool -> pool.getInteger("activeServers"))
                .sum();
    }
}
