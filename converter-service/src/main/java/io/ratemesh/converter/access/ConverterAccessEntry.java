package io.ratemesh.converter.access;

import io.ratemesh.converter.json.JsonText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. What a client chose is cut where it is long.
 *
 * @param time when its head had come
 * @param method as it was sent
 * @param path without the query, which may hold what should not be in a log
 * @param status of the answer; {@link #CLIENT_GONE} where the client left before its end
 * @param bytes of the answer's body
 * @param micros from the head of the request to the end of the answer
 * @param client the address at the other end of the connection: behind a balancer, the balancer's
 * @param forwardedFor {@code X-Forwarded-For}, which is only as true as whoever sent it
 * @param requestId {@code X-Request-Id}
 */
record ConverterAccessEntry(
        Instant time,
        String method,
        String path,
        int status,
        long bytes,
        long micros,
        String client,
        @Nullable String forwardedFor,
        @Nullable String requestId) {

    /** Said by nginx of a client that closed its connection. */
    static final int CLIENT_GONE = 499;

    private static final int MAX_METHOD = 32;
    private static final int MAX_FIELD = 128;
    private static final int MAX_PATH = 512;

    /**
     * The line, with its end.
     *
     * @param node whose log it is
     */
    String line(String node) {
        StringBuilder json = new StringBuilder(256).append('{');
        JsonText.field(json, "time", time.toString());
        field(json, "node", node, MAX_FIELD);
        field(json, "method", method, MAX_METHOD);
        field(json, "path", path, MAX_PATH);
        json.append(",\"status\":").append(status);
        json.append(",\"bytes\":").append(bytes);
        json.append(",\"micros\":").append(micros);
        field(json, "client", client, MAX_FIELD);
        field(json, "forwardedFor", forwardedFor, MAX_FIELD);
        field(json, "requestId", requestId, MAX_FIELD);
        return json.append("}\n").toString();
    }

    private static void field(StringBuilder json, String name, @Nullable String value, int longest) {
        if (value != null) {
            JsonText.field(
                    json.append(','), name, value.length() > longest ? value.substring(0, longest) + "…" : value);
        }
    }
}
