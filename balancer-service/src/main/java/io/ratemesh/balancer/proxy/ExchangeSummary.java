package io.ratemesh.balancer.proxy;

import io.ratemesh.balancer.http.Termination;
import io.ratemesh.balancer.upstream.Upstream;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * How an exchange went, in HAProxy's terms. Times are in milliseconds, -1 for what was never reached.
 *
 * @param request what was asked
 * @param upstream who answered, or was asked last; null where none was available
 * @param status what the client was answered; 0 where it left before
 * @param bytesReceived of the request's body
 * @param bytesSent of the answer's body
 * @param queuedMillis Tw: in the line for an upstream; -1 where there was no room even there
 * @param connectMillis Tc: until connected to who was asked last; 0 where a connection was there
 * @param answerMillis Tr: from the request's last try to the head of the answer
 * @param totalMillis Ta: from the request's head to the last byte
 * @param termination why and when it ended
 * @param retries how often it had to be asked again
 * @param redispatched whether another was asked then than before
 * @param place in the line, from 1 on; 0 for one that did not wait
 */
public record ExchangeSummary(
        HttpServerRequest request,
        @Nullable Upstream upstream,
        int status,
        long bytesReceived,
        long bytesSent,
        long queuedMillis,
        long connectMillis,
        long answerMillis,
        long totalMillis,
        Termination termination,
        int retries,
        boolean redispatched,
        int place) {}
