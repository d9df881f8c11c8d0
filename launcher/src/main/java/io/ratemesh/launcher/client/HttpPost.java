package io.ratemesh.launcher.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Optional;

/** Sends JSON to a node of this machine. */
final class HttpPost {

    private HttpPost() {}

    /**
     * Sends a request.
     *
     * @param credentials {@code user:password}
     * @return empty without a response
     */
    static Optional<HttpGet.Response> send(URI uri, Optional<String> credentials, String json) {
        try {
            HttpURLConnection connection = HttpGet.open(uri, credentials);
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            try (OutputStream body = connection.getOutputStream()) {
                body.write(json.getBytes(UTF_8));
            }
            return Optional.of(HttpGet.response(connection));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
