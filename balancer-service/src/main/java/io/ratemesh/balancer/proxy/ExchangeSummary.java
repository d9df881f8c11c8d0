package io.ratemesh.balancer.proxy;

import io.ratemesh.balancer.http.Termination;
import io.ratemesh.balancer.upstream.Upstream;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * How an exchange went, in HAProxy's terms. Times are in milliseconds, -1 for what was not reached.
 *
 * @param request the request
 * @param upstream that sent the response or was tried last; null where none was available
 * @param status of the response; 0 where the client aborted before
 * @param bytesReceived content bytes of the request
 * @param bytesSent content bytes of the response
 * @param queuedMillis Tw: in the queue; -1 where the queue was full
 * @param connectMillis Tc: to connect to the last upstream; 0 for a kept connection
 * @param responseMillis Tr: from the last attempt to the head of the response
 * @param totalMillis Ta: from the request's head to the last byte of the response
 * @param termination why and when it ended
 * @param retries how often the request was sent once more
 * @param redispatched whether more than one upstream was tried
 * @param queuePosition when it joined the queue, from 1; 0 where it was not queued
 */
public record ExchangeSummary(
        HttpServerRequest request,
        @Nullable Upstream upstream,
        int status,
        long bytesReceived,
        long bytesSent,
        long queuedMillis,
        long connectMillis,
        long responseMillis,
        long totalMillis,
        Termination termination,
        int retries,
        boolean redispatched,
        int queuePosition) {}
