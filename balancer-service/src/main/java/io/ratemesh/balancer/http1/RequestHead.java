package io.ratemesh.balancer.http1;

import io.ratemesh.balancer.http.AbsoluteForm;
import io.ratemesh.balancer.http.ByteClasses;
import io.ratemesh.balancer.http.RefusalReason;
import io.ratemesh.balancer.http.RequestGrammar;
import io.ratemesh.balancer.http.RequestGrammar.Field;
import io.ratemesh.balancer.http.RequestPaths;
import io.ratemesh.balancer.http.RequestTarget;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request, which {@link HeadScanner} adds part by part, and what only the whole head shows. Parts are ranges of bytes in
 * an array. The head begins at {@code base}; positions are kept relative to it. A part that is added returns the reason to reject the
 * request, or null.
 */
final class RequestHead {

    private static final long NO_LENGTH = -1;

    private boolean options;
    private boolean headMethod;
    private boolean http10;
    private int methodFrom;
    private int targetFrom;
    private int targetTo;
    private boolean absolute;
    private boolean api;
    private int hosts;
    private int hostFrom;
    private int hostTo;
    private long length;
    private boolean chunked;
    private boolean close;
    private boolean keepAlive;
    private boolean expectsContinue;

    RequestHead() {
        reset();
    }

    void reset() {
        headMethod = false;
        targetFrom = 0;
        targetTo = 0;
        absolute = false;
        api = false;
        hosts = 0;
        length = NO_LENGTH;
        chunked = false;
        close = false;
        keepAlive = false;
        expectsContinue = false;
    }

    /** Adds a method that is a token. */
    @Nullable
    RefusalReason method(byte[] bytes, int base, int from, int to) {
        methodFrom = from - base;
        options = ByteClasses.exactly(bytes, from, to, "OPTIONS");
        headMethod = ByteClasses.same(bytes, from, to, "head");
        return RequestGrammar.method(bytes, from, to);
    }

    /**
     * Adds a target in origin form whose bytes are all allowed.
     *
     * @param suspicious whether its path may have dot segments or backslashes
     */
    @Nullable
    RefusalReason path(byte[] bytes, int base, int from, int to, boolean suspicious) {
        targetFrom = from - base;
        targetTo = to - base;
        api = RequestPaths.isApi(bytes, from, to);
        return suspicious ? RequestTarget.checkPath(bytes, from, to) : null;
    }

    /** Adds a target that does not begin with a slash: {@code *} for OPTIONS, or a URL (RFC 9112 §3.2). */
    @Nullable
    RefusalReason otherTarget(byte[] bytes, int base, int from, int to) {
        targetFrom = from - base;
        targetTo = to - base;
        if (RequestTarget.isAsterisk(bytes, from, to)) {
            return RequestTarget.check(bytes, from, to, options);
        }
        absolute = true;
        AbsoluteForm url = AbsoluteForm.of(bytes, from, to);
        if (url == null) {
            return RefusalReason.TARGET_INVALID;
        }
        api = RequestPaths.isApi(bytes, url.pathFrom(), to);
        return RequestTarget.checkPath(bytes, url.pathFrom(), to);
    }

    @Nullable
    RefusalReason version(int major, int minor) {
        http10 = minor == 0;
        return major == 1 && minor <= 1 ? null : RefusalReason.VERSION_NOT_SUPPORTED;
    }

    /** Adds the value of a field, with the white space around it. */
    @Nullable
    RefusalReason value(Field field, byte[] bytes, int base, int untrimmedFrom, int untrimmedTo) {
        int from = trimmedFrom(bytes, untrimmedFrom, untrimmedTo);
        int to = trimmedTo(bytes, from, untrimmedTo);
        return switch (field) {
            case HOST -> host(bytes, base, from, to);
            case CONTENT_LENGTH -> contentLength(bytes, from, to);
            case TRANSFER_ENCODING -> transferEncoding(bytes, from, to);
            case CONNECTION -> connection(bytes, from, to);
            case EXPECT -> expect(bytes, from, to);
        };
    }

    /** Checks what only the whole head shows. */
    @Nullable
    RefusalReason end(byte[] bytes, int base) {
        if (chunked && http10) {
            return RefusalReason.CODING_IN_OLD_VERSION;
        }
        if (chunked && length != NO_LENGTH) {
            return RefusalReason.LENGTH_BESIDE_CODING;
        }
        if (hosts == 0) {
            // A URL does not replace it (RFC 9112 §3.2.2).
            return http10 && !absolute ? null : RefusalReason.HOST_MISSING;
        }
        if (absolute) {
            AbsoluteForm url = AbsoluteForm.of(bytes, base + targetFrom, base + targetTo);
            if (url == null || !url.agreesWith(bytes, base + hostFrom, base + hostTo)) {
                return RefusalReason.HOST_DISAGREES;
            }
        }
        return null;
    }

    private @Nullable RefusalReason host(byte[] bytes, int base, int from, int to) {
        hosts++;
        hostFrom = from - base;
        hostTo = to - base;
        return hosts > 1 ? RefusalReason.HOST_REPEATED : RequestGrammar.host(bytes, from, to);
    }

    private @Nullable RefusalReason contentLength(byte[] bytes, int from, int to) {
        if (length != NO_LENGTH) {
            return RefusalReason.LENGTH_REPEATED;
        }
        length = RequestGrammar.contentLength(bytes, from, to);
        return length == RequestGrammar.INVALID_LENGTH ? RefusalReason.LENGTH_INVALID : null;
    }

    private @Nullable RefusalReason transferEncoding(byte[] bytes, int from, int to) {
        if (chunked || !ByteClasses.same(bytes, from, to, "chunked")) {
            return RefusalReason.CODING_NOT_SUPPORTED;
        }
        chunked = true;
        return null;
    }

    private @Nullable RefusalReason connection(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int end = at;
            while (end < to && bytes[end] != ',') {
                end++;
            }
            int optionFrom = trimmedFrom(bytes, at, end);
            int optionTo = trimmedTo(bytes, optionFrom, end);
            close |= ByteClasses.same(bytes, optionFrom, optionTo, "close");
            keepAlive |= ByteClasses.same(bytes, optionFrom, optionTo, "keep-alive");
            at = end + 1;
        }
        return null;
    }

    /** An expectation of HTTP/1.0 is ignored (RFC 9110 §10.1.1). */
    private @Nullable RefusalReason expect(byte[] bytes, int from, int to) {
        if (http10) {
            return null;
        }
        expectsContinue |= RequestGrammar.isContinue(bytes, from, to);
        return RequestGrammar.expectation(bytes, from, to);
    }

    private static int trimmedFrom(byte[] bytes, int untrimmed, int to) {
        int from = untrimmed;
        while (from < to && ByteClasses.isBlank(bytes[from])) {
            from++;
        }
        return from;
    }

    private static int trimmedTo(byte[] bytes, int from, int untrimmed) {
        int to = untrimmed;
        while (from < to && ByteClasses.isBlank(bytes[to - 1])) {
            to--;
        }
        return to;
    }

    /** Whether a chunked body follows. */
    boolean isChunked() {
        return chunked;
    }

    /** The bytes of the body that follows; 0 for a chunked one. */
    long contentLength() {
        return Math.max(length, 0);
    }

    /** Whether this is the last request of its connection (RFC 9112 §9.3). */
    boolean isLast() {
        return close || (http10 && !keepAlive);
    }

    /** Whether the client expects a 100 before it sends the body. */
    boolean expectsContinue() {
        return expectsContinue;
    }

    /** Whether the method is HEAD, to which a response has no body. */
    boolean isHeadMethod() {
        return headMethod;
    }

    /** Whether the path is part of an API. */
    boolean isApi() {
        return api;
    }

    /** Whether the target is a URL. */
    boolean isAbsolute() {
        return absolute;
    }

    /** The target in origin form of a URL without path and query. */
    char bareTarget() {
        return options ? '*' : '/';
    }

    /** Where the method begins, from the begin of the head. */
    int methodFrom() {
        return methodFrom;
    }

    /** Where the target begins, from the begin of the head; 0 while it is unknown. */
    int targetFrom() {
        return targetFrom;
    }

    int targetTo() {
        return targetTo;
    }
}
