package io.ratemesh.balancer.http1;

import io.ratemesh.balancer.http.AbsoluteForm;
import io.ratemesh.balancer.http.Authority;
import io.ratemesh.balancer.http.ByteClasses;
import io.ratemesh.balancer.http.RefusalReason;
import io.ratemesh.balancer.http.RequestPaths;
import io.ratemesh.balancer.http.RequestTarget;
import org.jspecify.annotations.Nullable;

/**
 * The head of one request as it is told, part by part, and the judgement on it. Parts are runs of octets in an array;
 * {@code base} is where the head begins there, and what is kept is counted from it.
 */
final class RequestHead {

    /** Fields that decide how a message is read. */
    enum Field {
        HOST,
        CONTENT_LENGTH,
        TRANSFER_ENCODING,
        CONNECTION,
        EXPECT
    }

    private static final int MAX_METHOD = 32;
    private static final int NO_LENGTH = -1;

    private boolean options;
    private boolean headMethod;
    private boolean old;
    private int methodFrom;
    private int targetFrom;
    private int targetTo;
    private boolean absolute;
    private boolean forPrograms;
    private int hosts;
    private int hostFrom;
    private int hostTo;
    private long length;
    private boolean chunked;
    private boolean close;
    private boolean keepAlive;
    private boolean expects;

    RequestHead() {
        reset();
    }

    void reset() {
        headMethod = false;
        targetFrom = 0;
        targetTo = 0;
        absolute = false;
        forPrograms = false;
        hosts = 0;
        length = NO_LENGTH;
        chunked = false;
        close = false;
        keepAlive = false;
        expects = false;
    }

    /** Methods are tokens of any name (RFC 9110 §9.1). CONNECT and TRACE are refused however they are spelt. */
    @Nullable
    RefusalReason method(byte[] octets, int base, int from, int to) {
        methodFrom = from - base;
        int size = to - from;
        options = size == 7 && ByteClasses.exactly(octets, from, to, "OPTIONS");
        headMethod = size == 4 && ByteClasses.same(octets, from, to, "head");
        if (size > MAX_METHOD) {
            return RefusalReason.METHOD_TOO_LONG;
        }
        boolean tunnel = (size == 7 && ByteClasses.same(octets, from, to, "connect"))
                || (size == 5 && ByteClasses.same(octets, from, to, "trace"));
        return tunnel ? RefusalReason.METHOD_NOT_ALLOWED : null;
    }

    /** A path, all of whose octets may stand in one; {@code doubtful} if it may have dot segments. */
    @Nullable
    RefusalReason path(byte[] octets, int base, int from, int to, boolean doubtful) {
        targetFrom = from - base;
        targetTo = to - base;
        forPrograms = RequestPaths.isApi(octets, from, to);
        return doubtful && RequestTarget.leavesItsPath(octets, from, to) ? RefusalReason.PATH_TRAVERSAL : null;
    }

    /** A target that does not begin with a slash: {@code *} for OPTIONS, or a URL (RFC 9112 §3.2). */
    @Nullable
    RefusalReason otherTarget(byte[] octets, int base, int from, int to) {
        targetFrom = from - base;
        targetTo = to - base;
        if (to - from == 1 && octets[from] == '*') {
            return options ? null : RefusalReason.TARGET_INVALID;
        }
        absolute = true;
        AbsoluteForm url = AbsoluteForm.of(octets, from, to);
        if (url == null) {
            return RefusalReason.TARGET_INVALID;
        }
        forPrograms = RequestPaths.isApi(octets, url.pathFrom(), to);
        return RequestTarget.leavesItsPath(octets, url.pathFrom(), to) ? RefusalReason.PATH_TRAVERSAL : null;
    }

    @Nullable
    RefusalReason version(int major, int minor) {
        old = minor == 0;
        return major == 1 && minor <= 1 ? null : RefusalReason.VERSION_NOT_SUPPORTED;
    }

    /** Which of the fields that matter a name is, if any. */
    static @Nullable Field field(byte[] octets, int from, int to) {
        return switch (to - from) {
            case 4 -> ByteClasses.same(octets, from, to, "host") ? Field.HOST : null;
            case 6 -> ByteClasses.same(octets, from, to, "expect") ? Field.EXPECT : null;
            case 10 -> ByteClasses.same(octets, from, to, "connection") ? Field.CONNECTION : null;
            case 14 -> ByteClasses.same(octets, from, to, "content-length") ? Field.CONTENT_LENGTH : null;
            case 17 -> ByteClasses.same(octets, from, to, "transfer-encoding") ? Field.TRANSFER_ENCODING : null;
            default -> null;
        };
    }

    /** A field that matters, with its value, white space around it included. */
    @Nullable
    RefusalReason value(Field field, byte[] octets, int base, int untrimmedFrom, int untrimmedTo) {
        int from = untrimmedFrom;
        int to = untrimmedTo;
        while (from < to && isBlank(octets[from])) {
            from++;
        }
        while (from < to && isBlank(octets[to - 1])) {
            to--;
        }
        return switch (field) {
            case HOST -> host(octets, base, from, to);
            case CONTENT_LENGTH -> length(octets, from, to);
            case TRANSFER_ENCODING -> coding(octets, from, to);
            case CONNECTION -> connection(octets, from, to);
            case EXPECT -> expectation(octets, from, to);
        };
    }

    /** After the last field: what only the whole head shows. */
    @Nullable
    RefusalReason end(byte[] octets, int base) {
        if (chunked && old) {
            return RefusalReason.CODING_IN_OLD_VERSION;
        }
        if (chunked && length != NO_LENGTH) {
            return RefusalReason.LENGTH_BESIDE_CODING;
        }
        if (hosts == 0) {
            // With a URL too: RFC 9112 §3.2.2 has a Host beside it, and one is not made up here.
            return old && !absolute ? null : RefusalReason.HOST_MISSING;
        }
        if (absolute) {
            AbsoluteForm url = AbsoluteForm.of(octets, base + targetFrom, base + targetTo);
            if (url == null || !url.agreesWith(octets, base + hostFrom, base + hostTo)) {
                return RefusalReason.HOST_DISAGREES;
            }
        }
        return null;
    }

    private @Nullable RefusalReason host(byte[] octets, int base, int from, int to) {
        hosts++;
        hostFrom = from - base;
        hostTo = to - base;
        if (hosts > 1) {
            return RefusalReason.HOST_REPEATED;
        }
        return Authority.valid(octets, from, to) ? null : RefusalReason.HOST_INVALID;
    }

    private @Nullable RefusalReason length(byte[] octets, int from, int to) {
        if (length != NO_LENGTH) {
            return RefusalReason.LENGTH_REPEATED;
        }
        long read = 0;
        for (int i = from; i < to; i++) {
            int digit = octets[i] - '0';
            if (digit < 0 || digit > 9 || read > (Long.MAX_VALUE - digit) / 10) {
                return RefusalReason.LENGTH_INVALID;
            }
            read = read * 10 + digit;
        }
        length = read;
        return from == to ? RefusalReason.LENGTH_INVALID : null;
    }

    private @Nullable RefusalReason coding(byte[] octets, int from, int to) {
        if (chunked || !ByteClasses.same(octets, from, to, "chunked")) {
            return RefusalReason.CODING_NOT_SUPPORTED;
        }
        chunked = true;
        return null;
    }

    private @Nullable RefusalReason connection(byte[] octets, int from, int to) {
        int at = from;
        while (at < to) {
            int end = at;
            while (end < to && octets[end] != ',') {
                end++;
            }
            option(octets, at, end);
            at = end + 1;
        }
        return null;
    }

    private void option(byte[] octets, int untrimmedFrom, int untrimmedTo) {
        int from = untrimmedFrom;
        int to = untrimmedTo;
        while (from < to && isBlank(octets[from])) {
            from++;
        }
        while (from < to && isBlank(octets[to - 1])) {
            to--;
        }
        close |= ByteClasses.same(octets, from, to, "close");
        keepAlive |= ByteClasses.same(octets, from, to, "keep-alive");
    }

    /** RFC 9110 §10.1.1: what is expected in HTTP/1.0 counts for nothing. */
    private @Nullable RefusalReason expectation(byte[] octets, int from, int to) {
        boolean goOn = ByteClasses.same(octets, from, to, "100-continue");
        expects |= goOn && !old;
        return old || goOn || from == to ? null : RefusalReason.EXPECTATION_UNKNOWN;
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    /** Whether it is followed by chunks. */
    boolean chunked() {
        return chunked;
    }

    /** Bytes that follow, 0 for chunks. */
    long length() {
        return Math.max(length, 0);
    }

    /** Whether nothing may follow on this connection (RFC 9112 §9.3). */
    boolean last() {
        return close || (old && !keepAlive);
    }

    /** Whether its client waits for 100 before it sends the body. */
    boolean expects() {
        return expects;
    }

    /** Whether an answer has no body. */
    boolean answerIsBodiless() {
        return headMethod;
    }

    /** Whether who asked is a program: the path is one of the API. */
    boolean forPrograms() {
        return forPrograms;
    }

    /** Whether the target is a URL. */
    boolean absolute() {
        return absolute;
    }

    /** What stands for a target without path and query. */
    char bareTarget() {
        return options ? '*' : '/';
    }

    /** Where the method begins, from the head's begin. */
    int methodFrom() {
        return methodFrom;
    }

    /** Where the target begins, from the head's begin; 0 while it is not known. */
    int targetFrom() {
        return targetFrom;
    }

    int targetTo() {
        return targetTo;
    }
}
