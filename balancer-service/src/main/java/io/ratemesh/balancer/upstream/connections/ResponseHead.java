package io.ratemesh.balancer.upstream.connections;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the head of an upstream's response. */
public final class ResponseHead {

    /** There is no length: the content ends with its last chunk or with the connection. */
    public static final long UNKNOWN = -1;

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private ResponseHead() {}

    /**
     * Whether it switches to a protocol that was not requested.
     *
     * @param requested the protocol that was; null for none
     */
    public static boolean isUnexpectedUpgrade(HttpResponse head, @Nullable String requested) {
        return head.status().code() == SWITCHING_PROTOCOLS
                && !(requested != null && head.headers().containsValue(HttpHeaderNames.UPGRADE, requested, true));
    }

    /**
     * A reason phrase other than the usual one: empty, or tabs, spaces and visible characters (RFC 9112 §4). The usual one replaces a
     * phrase with other characters, and one beyond ASCII, which the encoder cannot write.
     */
    public static Optional<String> reason(HttpResponse head) {
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

    /** The value of Content-Length, or {@link #UNKNOWN}. */
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

    /** Whether a response of this status never has content. */
    public static boolean hasNoContent(int status) {
        return status == NO_CONTENT || status == NOT_MODIFIED;
    }

    /** Whether the connection is closed after it. */
    static boolean closesConnection(HttpResponse head) {
        HttpHeaders fields = head.headers();
        boolean close = fields.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
        if (head.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            return close;
        }
        return close || !fields.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE, true);
    }
}
