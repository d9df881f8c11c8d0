package io.ratemesh.benchmarks.faults;

import java.util.Locale;

/**
 * The numbers of requests, which are part of their targets. A request that was sent before an upstream recovered, and reaches it
 * afterwards, does not show that the upstream gets requests again.
 */
final class RequestNumber {

    /** The path prefix of numbered requests. */
    static final String PATH = "/numbered/";

    /** The number of a request without a number. */
    static final long NONE = -1;

    private static final String END = " HTTP/1.1";

    private RequestNumber() {}

    /** The target of a request. */
    static String target(long number) {
        return String.format(Locale.ROOT, "%s%010d", PATH, number);
    }

    /** The number in a request line; {@link #NONE} if it has none, as that of a health check. */
    static long parse(String requestLine) {
        int begin = requestLine.indexOf(PATH);
        int end = requestLine.lastIndexOf(END);
        return begin < 0 || end < begin ? NONE : Long.parseLong(requestLine.substring(begin + PATH.length(), end));
    }
}
