package io.ratemesh.converter.accesslog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request and its response.
 *
 * @param time when the request's head was received
 * @param method as sent
 * @param path without the query, which may contain private data
 * @param status of the response; {@link #CLIENT_CLOSED} if the client closed the connection before its end
 * @param bytes of the response's body
 * @param micros from the head of the request to the end of the response
 * @param client the address at the other end of the connection: behind a balancer, the balancer's
 * @param forwardedFor {@code X-Forwarded-For}, as trustworthy as its sender
 * @param requestId {@code X-Request-Id}
 */
public record ConverterAccessEntry(
        Instant time,
        String method,
        String path,
        int status,
        long bytes,
        long micros,
        String client,
        @Nullable String forwardedFor,
        @Nullable String requestId) {

    /** The status that nginx logs if a client closes its connection. */
    static final int CLIENT_CLOSED = 499;
}
