package io.ratemesh.balancer.accesslog;

import io.ratemesh.balancer.http.Termination;
import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.upstream.Upstream;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What an event loop hands over of a request that ended: nothing of it is text yet that was not text before. Header fields are not
 * among it, so no line can tell who is logged in. Times are milliseconds, -1 for what was never reached.
 *
 * @param endedAtMillis when it ended, since 1970
 * @param address of the front door, by which it came
 * @param client who asked; null where that was not known any more
 * @param pool where it went; null where it went to none
 * @param upstream who answered, or was asked last
 * @param method null where nothing was understood
 * @param target path and query, cut at {@link AccessLogWriter#MOST_TARGET}
 * @param version of HTTP
 * @param status what the client was answered; 0 where it left before
 * @param bytesIn of the request's body
 * @param bytesOut of the answer's body
 * @param headMillis from the first octet of the request's head to its last
 * @param queuedMillis in the line
 * @param connectMillis until connected
 * @param answerMillis until the head of the answer
 * @param totalMillis in all, the head's included
 * @param termination why and when it ended
 * @param retries how often it had to be asked again
 * @param redispatched whether another server was asked then than before
 * @param place in the line, from 1 on; 0 for one that did not wait
 */
record AccessEntry(
        long endedAtMillis,
        LoggedListener address,
        @Nullable SocketAddress client,
        @Nullable Pool pool,
        @Nullable Upstream upstream,
        @Nullable HttpMethod method,
        @Nullable String target,
        @Nullable HttpVersion version,
        int status,
        long bytesIn,
        long bytesOut,
        long headMillis,
        long queuedMillis,
        long connectMillis,
        long answerMillis,
        long totalMillis,
        Termination termination,
        int retries,
        boolean redispatched,
        int place) {}
