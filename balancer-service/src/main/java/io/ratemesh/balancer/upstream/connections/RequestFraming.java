package io.ratemesh.balancer.upstream.connections;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a request is sent to an upstream.
 *
 * @param hasBody whether a body follows the head
 * @param chunked whether the length of the body is unknown
 * @param expects whether the client awaits 100 (Continue) before it sends the body (RFC 9110 §10.1.1)
 * @param upgrade the protocol to which it asks to switch, such as {@code websocket}; null where it does not, or may not
 * @param mayShare whether it may share a connection: it is safe to repeat, and its response is no event stream
 */
public record RequestFraming(
        boolean hasBody,
        boolean chunked,
        boolean expects,
        @Nullable String upgrade,
        boolean mayShare) {

    private static final String EVENT_STREAM = "text/event-stream";
    private static final RequestFraming PLAIN = new RequestFraming(false, false, false, null, true);
    private static final RequestFraming PLAIN_UNSHARED = new RequestFraming(false, false, false, null, false);
    private static final RequestFraming BODY = new RequestFraming(true, false, false, null, false);
    private static final RequestFraming CHUNKED_BODY = new RequestFraming(true, true, false, null, false);
    private static final RequestFraming EXPECTED_BODY = new RequestFraming(true, false, true, null, false);
    private static final RequestFraming EXPECTED_CHUNKED_BODY = new RequestFraming(true, true, true, null, false);

    /** Of a request whose route allows WebSocket, as routes do unless they say otherwise. */
    public static RequestFraming of(HttpServerRequest request) {
        return of(request, null);
    }

    /**
     * Of a request.
     *
     * @param upgrades the protocols to which it may switch, in lower case; null for WebSocket alone
     */
    public static RequestFraming of(HttpServerRequest request, @Nullable Set<String> upgrades) {
        MultiMap fields = request.headers();
        if (fields.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            return expects(request) ? EXPECTED_CHUNKED_BODY : CHUNKED_BODY;
        }
        String length = fields.get(HttpHeaderNames.CONTENT_LENGTH);
        if (length != null && !length.equals("0")) {
            return expects(request) ? EXPECTED_BODY : BODY;
        }
        HttpMethod method = request.method();
        // Vert.x lets go of a connection after CONNECT and GET only.
        String protocol = method.equals(HttpMethod.GET) ? fields.get(HttpHeaderNames.UPGRADE) : null;
        if (protocol != null && allows(upgrades, protocol) && asksToSwitch(request)) {
            return new RequestFraming(false, false, false, protocol, false);
        }
        boolean safe = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        return safe && !acceptsEvents(fields.get(HttpHeaderNames.ACCEPT)) ? PLAIN : PLAIN_UNSHARED;
    }

    /** Listeners reject other expectations; HTTP/1.0 has none. */
    private static boolean expects(HttpServerRequest request) {
        return request.version() != HttpVersion.HTTP_1_0
                && request.headers().contains(HttpHeaderNames.EXPECT, HttpHeaderValues.CONTINUE, true);
    }

    /** Whether it is an upgrade to WebSocket that was asked for by HTTP/2 (RFC 8441), where 200 agrees to it. */
    public static boolean isExtendedConnect(HttpServerRequest request, RequestFraming framing) {
        return framing.upgrade != null && request.version() == HttpVersion.HTTP_2;
    }

    private static boolean allows(@Nullable Set<String> upgrades, String protocol) {
        return upgrades == null
                ? HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(protocol)
                : upgrades.contains(protocol.toLowerCase(Locale.ROOT));
    }

    private static boolean asksToSwitch(HttpServerRequest request) {
        // Clients of HTTP/2 cannot send the field: it stands for their extended CONNECT.
        return request.version() == HttpVersion.HTTP_2
                || (request.version() == HttpVersion.HTTP_1_1 && isConnectionOption(request.headers()));
    }

    private static boolean isConnectionOption(MultiMap fields) {
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
