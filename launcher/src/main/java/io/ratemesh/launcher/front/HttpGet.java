package io.ratemesh.launcher.front;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.util.Base64;
import java.util.Optional;

/**
 * Asks a node of this machine one question. {@code HttpURLConnection}, since the newer client takes longer to load than
 * most commands to run.
 */
final class HttpGet {

    private static final int TIMEOUT_MILLIS = 2_000;

    private HttpGet() {}

    /** An answer of any status. */
    record Answer(int status, String body) {}

    /**
     * Asks.
     *
     * @param credentials {@code user:password}
     * @return empty where nobody answers
     */
    static Optional<Answer> ask(URI uri, Optional<String> credentials) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setUseCaches(false);
            credentials.ifPresent(both -> connection.setRequestProperty(
                    "Authorization", "Basic " + Base64.getEncoder().encodeToString(both.getBytes(UTF_8))));
            int status = connection.getResponseCode();
            try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                return Optional.of(new Answer(status, body == null ? "" : new String(body.readAllBytes(), UTF_8)));
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
