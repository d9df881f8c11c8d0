package io.ratemesh.launcher.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.util.Base64;
import java.util.Optional;

/**
 * Sends a GET request to a node of this machine. Uses {@code HttpURLConnection} because the newer client takes longer to load
 * than most commands take to run.
 */
public final class HttpGet {

    private static final int TIMEOUT_MILLIS = 2_000;

    private HttpGet() {}

    /** A response of any status. */
    record Response(int status, String body) {}

    /** Whether the response has status 200. */
    public static boolean isOk(URI uri) {
        return send(uri, Optional.empty())
                .filter(response -> response.status() == 200)
                .isPresent();
    }

    /**
     * Sends a request.
     *
     * @param credentials {@code user:password}
     * @return empty without a response
     */
    static Optional<Response> send(URI uri, Optional<String> credentials) {
        try {
            return Optional.of(response(open(uri, credentials)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Prepares a request, which is sent when its response is read. */
    static HttpURLConnection open(URI uri, Optional<String> credentials) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setUseCaches(false);
        credentials.ifPresent(both -> connection.setRequestProperty(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(both.getBytes(UTF_8))));
        return connection;
    }

    static Response response(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Response(status, body == null ? "" : new String(body.readAllBytes(), UTF_8));
        }
    }
}
