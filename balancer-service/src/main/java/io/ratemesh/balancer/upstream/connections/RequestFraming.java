package io.ratemesh.balancer.upstream.connections;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * How a request is sent to an upstream.
 *
 * @param hasBody whether a body follows the head
 * @param chunked whether the length of the body is unknown
 * @param expects whether the client awaits 100 (Continue) before it sends the body (RFC 9110 §10.1.1)
 * @param upgrade whether it is an upgrade to WebSocket; upgrades to other protocols are not forwarded
 * @param mayShare whether it may share a connection: it is safe to repeat, and its response is no event stream
 */
public record RequestFraming(boolean hasBody, boolean chunked, boolean expects, boolean upgrade, boolean mayShare) {

    private static final String EVENT_STREAM = "text/event-stream";
    private static final RequestFraming PLAIN = new RequestFraming(false, false, false, false, true);
    private static final RequestFraming PLAIN_UNSHARED = new RequestFraming(false, false, false, false, false);
    private static final RequestFraming WEB_SOCKET = new RequestFraming(false, false, false, true, false);
    private static final RequestFraming BODY = new RequestFraming(true, false, false, false, false);
    private static final RequestFraming CHUNKED_BODY = new RequestFraming(true, true, false, false, false);
    private static final RequestFraming EXPECTED_BODY = new RequestFraming(true, false, true, false, false);
    private static final RequestFraming EXPECTED_CHUNKED_BODY = new RequestFraming(true, true, true, false, false);

    public static RequestFraming of(HttpServerRequest request) {
        MultiMap fields = request.headers();
        if (fields.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            return expects(request) ? EXPECTED_CHUNKED_BODY : CHUNKED_BODY;
        }
        String length = fields.get(HttpHeaderNames.CONTENT_LENGTH);
        if (length != null && !length.equals("0")) {
            return expects(request) ? EXPECTED_BODY : BODY;
        }
        HttpMethod method = request.method();
        if (method.equals(HttpMethod.GET) && request.version() == HttpVersion.HTTP_1_1 && isWebSocketUpgrade(fields)) {
            return WEB_SOCKET;
        }
        boolean safe = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        return safe && !acceptsEvents(fields.get(HttpHeaderNames.ACCEPT)) ? PLAIN : PLAIN_UNSHARED;
    }

    /** Listeners reject other expectations; HTTP/1.0 has none. */
    private static boolean expects(HttpServerRequest request) {
        return request.version() != HttpVersion.HTTP_1_0
                && request.headers().contains(HttpHeaderNames.EXPECT, HttpHeaderValues.CONTINUE, true);
    }

    private static boolean isWebSocketUpgrade(MultiMap fields) {
        String upgrade = fields.get(HttpHeaderNames.UPGRADE);
        if (upgrade == null || !HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(upgrade)) {
            return false;
        }
        for (String connection : fields.getAll(HttpHeaderNames.CONNECTION)) {
            for (String option : connection.split(",", -1)) {
                if (HttpHeaderValues.UPGRADE.contentEqualsIgnoreCase(option.strip())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean acceptsEvents(@Nullable String accept) {
        return accept != null && AsciiString.containsIgnoreCase(accept, EVENT_STREAM);
    }
}
