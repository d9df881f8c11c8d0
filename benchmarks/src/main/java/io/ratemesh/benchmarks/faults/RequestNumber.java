package io.ratemesh.benchmarks.faults;

import java.util.Locale;

/**
 * Requests are numbered in their targets, so that an upstream knows which it got last: one that was sent before an upstream
 * healed, and reaches it afterwards, does not show that it is asked again.
 */
final class RequestNumber {

    /** Below it lies what is balanced. */
    static final String PATH = "/numbered/";

    /** No request has it. */
    static final long NONE = -1;

    private static final String END = " HTTP/1.1";

    private RequestNumber() {}

    /** The target of a request. */
    static String target(long number) {
        return String.format(Locale.ROOT, "%s%010d", PATH, number);
    }

    /** The number in a request line; {@link #NONE} where it has none, as of a check. */
    static long of(String requestLine) {
        int begin = requestLine.indexOf(PATH);
        int end = requestLine.lastIndexOf(END);
        return begin < 0 || end < begin ? NONE : Long.parseLong(requestLine.substring(begin + PATH.length(), end));
    }
}
