package io.ratemesh.balancer.http2;

import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpScheme;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Headers.PseudoHeaderName;
import io.netty.util.AsciiString;
import io.ratemesh.balancer.http.Authority;
import io.ratemesh.balancer.http.ByteClasses;
import io.ratemesh.balancer.http.RefusalReason;
import io.ratemesh.balancer.http.RequestGrammar;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks heads and trailers of HTTP/2 requests by the same grammar as those of HTTP/1, as requests to upstreams are HTTP/1.1. The codec
 * has rejected before what breaks HTTP/2 itself: capitals in names, fields about the connection, a pseudo-field after another field.
 *
 * <pre>
 *   pseudo-field  RFC 9113            required  valid
 *   :method       §8.3.1              yes       a token; CONNECT and TRACE are not supported
 *   :scheme       §8.3.1              yes       http or https, over TLS or not: a proxy before this one may have ended TLS
 *   :path         §8.3.1              yes       at most 8 KiB; {@link Http2RequestCheck} checks its bytes
 *   :authority    §8.3.1, RFC 3986    or host   a host with an optional port; host can replace it, and has to agree with it
 *   :protocol     RFC 8441            no        websocket, with the method CONNECT, where it is allowed
 *   any other     §8.3                no
 * </pre>
 *
 * A connection has one, for one head at a time.
 */
final class Http2HeadCheck {

    private static final AsciiString METHOD = PseudoHeaderName.METHOD.value();
    private static final AsciiString SCHEME = PseudoHeaderName.SCHEME.value();
    private static final AsciiString PATH = PseudoHeaderName.PATH.value();
    private static final AsciiString AUTHORITY = PseudoHeaderName.AUTHORITY.value();

    private static final AsciiString PROTOCOL = PseudoHeaderName.PROTOCOL.value();
    private static final AsciiString CONNECT = AsciiString.cached("CONNECT");

    private final boolean webSockets;
    private @Nullable AsciiString protocol;
    private @Nullable AsciiString method;
    private @Nullable AsciiString scheme;
    private @Nullable AsciiString path;
    private @Nullable AsciiString authority;
    private @Nullable AsciiString host;
    private boolean hasLength;
    private int fields;

    /** {@code webSockets} are allowed where it is true. */
    Http2HeadCheck(boolean webSockets) {
        this.webSockets = webSockets;
    }

    /** Whether the last head asks for a WebSocket; for one that is not rejected. */
    boolean isWebSocket() {
        return protocol != null;
    }

    /** The reason to reject a head, or null. A head whose reason has the status 400 is malformed (RFC 9113 §8.1.1). */
    @Nullable
    RefusalReason check(Http2Headers head) {
        protocol = null;
        method = null;
        scheme = null;
        path = null;
        authority = null;
        host = null;
        hasLength = false;
        fields = 0;
        for (Map.Entry<CharSequence, CharSequence> field : head) {
            AsciiString name = AsciiString.of(field.getKey());
            AsciiString value = AsciiString.of(field.getValue());
            RefusalReason reason =
                    !name.isEmpty() && name.byteAt(0) == ':' ? pseudoField(name, value) : field(name, value);
            if (reason != null) {
                return reason;
            }
        }
        return wholeHead();
    }

    /** The reason to reject the fields after a body, or null. */
    static @Nullable RefusalReason checkTrailers(Http2Headers trailers) {
        if (trailers.size() > RequestGrammar.MAX_FIELDS) {
            return RefusalReason.FIELDS_TOO_LARGE;
        }
        for (Map.Entry<CharSequence, CharSequence> field : trailers) {
            AsciiString name = AsciiString.of(field.getKey());
            if (!isToken(name)) {
                return RefusalReason.FIELD_NAME_INVALID;
            }
            if (!isValue(AsciiString.of(field.getValue()))) {
                return RefusalReason.FIELD_VALUE_INVALID;
            }
            RefusalReason reason = RequestGrammar.trailer(name.toString());
            if (reason != null) {
                return reason;
            }
        }
        return null;
    }

    private @Nullable RefusalReason pseudoField(AsciiString name, AsciiString value) {
        if (method == null && METHOD.contentEquals(name)) {
            method = value;
        } else if (scheme == null && SCHEME.contentEquals(name)) {
            scheme = value;
        } else if (path == null && PATH.contentEquals(name)) {
            path = value;
        } else if (authority == null && AUTHORITY.contentEquals(name)) {
            authority = value;
        } else if (webSockets && protocol == null && PROTOCOL.contentEquals(name)) {
            protocol = value;
        } else {
            return RefusalReason.PSEUDO_FIELD_INVALID;
        }
        return null;
    }

    private @Nullable RefusalReason field(AsciiString name, AsciiString value) {
        fields++;
        if (fields > RequestGrammar.MAX_FIELDS) {
            return RefusalReason.FIELDS_TOO_LARGE;
        }
        if (!isToken(name)) {
            return RefusalReason.FIELD_NAME_INVALID;
        }
        if (!isValue(value)) {
            return RefusalReason.FIELD_VALUE_INVALID;
        }
        RequestGrammar.Field field = RequestGrammar.field(name.array(), from(name), to(name));
        return field == null
                ? null
                : switch (field) {
                    case HOST -> host(value);
                    case CONTENT_LENGTH -> contentLength(value);
                    case EXPECT -> RequestGrammar.expectation(value.array(), from(value), to(value));
                    // The codec rejects them.
                    case CONNECTION, TRANSFER_ENCODING -> null;
                };
    }

    private @Nullable RefusalReason host(AsciiString value) {
        if (host != null) {
            return RefusalReason.HOST_REPEATED;
        }
        host = value;
        return RequestGrammar.host(value.array(), from(value), to(value));
    }

    private @Nullable RefusalReason contentLength(AsciiString value) {
        if (hasLength) {
            return RefusalReason.LENGTH_REPEATED;
        }
        hasLength = true;
        long length = RequestGrammar.contentLength(value.array(), from(value), to(value));
        return length == RequestGrammar.INVALID_LENGTH ? RefusalReason.LENGTH_INVALID : null;
    }

    /** The method comes first: a CONNECT without a protocol has neither scheme nor path (RFC 9113 §8.5). */
    private @Nullable RefusalReason wholeHead() {
        if (method == null || !isToken(method)) {
            return RefusalReason.METHOD_INVALID;
        }
        RefusalReason reason = protocol == null
                ? RequestGrammar.method(method.array(), from(method), to(method))
                : extendedConnect(method, protocol);
        if (reason != null) {
            return reason;
        }
        if (path == null || path.isEmpty() || !isValue(path) || !isWeb(scheme)) {
            return RefusalReason.TARGET_INVALID;
        }
        reason = place();
        if (reason != null) {
            return reason;
        }
        return path.length() > RequestGrammar.MAX_TARGET ? RefusalReason.TARGET_TOO_LONG : null;
    }

    private @Nullable RefusalReason extendedConnect(AsciiString of, AsciiString to) {
        if (!CONNECT.contentEquals(of) || hasLength) {
            return RefusalReason.PSEUDO_FIELD_INVALID;
        }
        return HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(to) ? null : RefusalReason.PROTOCOL_NOT_SUPPORTED;
    }

    private @Nullable RefusalReason place() {
        if (authority == null) {
            return host == null ? RefusalReason.HOST_MISSING : null;
        }
        RefusalReason reason = RequestGrammar.host(authority.array(), from(authority), to(authority));
        if (reason != null || host == null) {
            return reason;
        }
        int defaultPort = is(HttpScheme.HTTPS, scheme) ? Authority.HTTPS_PORT : Authority.HTTP_PORT;
        return Authority.isSame(authority, host, defaultPort) ? null : RefusalReason.HOST_DISAGREES;
    }

    private static boolean isWeb(@Nullable AsciiString scheme) {
        return is(HttpScheme.HTTP, scheme) || is(HttpScheme.HTTPS, scheme);
    }

    private static boolean is(HttpScheme expected, @Nullable AsciiString scheme) {
        return scheme != null && expected.name().contentEqualsIgnoreCase(scheme);
    }

    private static boolean isToken(AsciiString text) {
        return RequestGrammar.isToken(text.array(), from(text), to(text));
    }

    /** A value neither begins nor ends with white space (RFC 9113 §8.2.1), which HTTP/1 would remove. */
    private static boolean isValue(AsciiString value) {
        return RequestGrammar.isFieldValue(value.array(), from(value), to(value))
                && (value.isEmpty()
                        || (!ByteClasses.isBlank(value.byteAt(0))
                                && !ByteClasses.isBlank(value.byteAt(value.length() - 1))));
    }

    private static int from(AsciiString text) {
        return text.arrayOffset();
    }

    private static int to(AsciiString text) {
        return text.arrayOffset() + text.length();
    }
}
