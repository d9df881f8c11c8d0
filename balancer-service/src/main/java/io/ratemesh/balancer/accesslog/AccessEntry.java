package io.ratemesh.balancer.accesslog;

import io.ratemesh.balancer.http.Termination;
import io.ratemesh.balancer.listener.Listener;
import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.upstream.Upstream;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A request that ended, as its event loop queues it for the log. Header fields are not part of it, so credentials never get into the log.
 * Times are milliseconds, -1 for a stage that was not reached.
 *
 * @param endedAtMillis when it ended, since 1970
 * @param listener that received it
 * @param client address; null if no longer known
 * @param pool that it was routed to; null if none
 * @param upstream that responded, or was tried last
 * @param method null if the request could not be parsed
 * @param target path and query, cut to {@link AccessLogWriter#MAX_TARGET}
 * @param version of HTTP
 * @param status of the response; 0 if the client aborted before it
 * @param bytesIn of the request's body
 * @param bytesOut of the response's body
 * @param headMillis from the first byte of the request's head to its last
 * @param queuedMillis in the pool's queue
 * @param connectMillis until connected
 * @param responseMillis until the head of the response
 * @param totalMillis of the whole exchange, the head included
 * @param termination why and when it ended
 * @param retries number of further attempts
 * @param redispatched whether another server was tried than before
 * @param queuePosition from 1 on; 0 if it was not queued
 */
public record AccessEntry(
        long endedAtMillis,
        Listener listener,
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
        long responseMillis,
        long totalMillis,
        Termination termination,
        int retries,
        boolean redispatched,
        int queuePosition) {}
