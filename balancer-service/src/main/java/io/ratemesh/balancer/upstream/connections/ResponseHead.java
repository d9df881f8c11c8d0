package io.ratemesh.balancer.upstream.connections;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Optional;

/** What the head of an upstream's answer says. */
public final class ResponseHead {

    /** No length is said: the body ends with its last chunk, or with the connection. */
    public static final long UNKNOWN = -1;

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private ResponseHead() {}

    /**
     * Whether it cannot be believed though it is well formed: it changes to a protocol that was not asked for.
     *
     * @param upgradeAsked whether the request asked for a WebSocket
     */
    public static boolean strange(HttpResponse head, boolean upgradeAsked) {
        return head.status().code() == SWITCHING_PROTOCOLS
                && !(upgradeAsked
                        && head.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true));
    }

    /**
     * The reason phrase it gives in the place of the usual one: RFC 9112 §4 lets it be empty, and of tabs, blanks and visible octets. The
     * usual one stands for one of other octets, and for one beyond ASCII, which the encoder cannot write.
     */
    public static Optional<String> ownReason(HttpResponse head) {
        String phrase = head.status().reasonPhrase();
        // The decoder has the same object for a usual one.
        if (phrase.equals(HttpResponseStatus.valueOf(head.status().code()).reasonPhrase())) {
            return Optional.empty();
        }
        for (int i = 0; i < phrase.length(); i++) {
            char c = phrase.charAt(i);
            if ((c < ' ' && c != '\t') || c > '~') {
                return Optional.empty();
            }
        }
        return Optional.of(phrase);
    }

    /** The length it gives, or {@link #UNKNOWN}. */
    public static long length(HttpResponse head) {
        String text = head.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        if (text == null) {
            return UNKNOWN;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return UNKNOWN;
        }
    }

    /** Whether the status alone says that there is no body. */
    public static boolean bodiless(int status) {
        return status == NO_CONTENT || status == NOT_MODIFIED;
    }

    /** Whether the connection ends after it. */
    static boolean ends(HttpResponse head) {
        HttpHeaders fields = head.headers();
        boolean close = fields.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
        if (head.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            return close;
        }
        return close || !fields.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE, true);
    }
}
