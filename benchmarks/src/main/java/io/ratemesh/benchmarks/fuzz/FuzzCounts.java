package io.ratemesh.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** What was sent and how it was answered. Shared by all who send. */
final class FuzzCounts {

    private static final int STATUSES = 600;
    private static final int SERVER_ERROR = 500;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int OVERLOAD = 503;
    private static final Pattern KNOWN_VERSION = Pattern.compile("^\\s*\\S+ \\S+ HTTP/1\\.[01]\r?\n");
    private static final int SHOWN_BYTES = 600;
    private static final int SHOWN_FAULTS = 20;

    private final AtomicLong sent = new AtomicLong();
    private final AtomicIntegerArray statuses = new AtomicIntegerArray(STATUSES);
    private final AtomicLong unanswered = new AtomicLong();
    private final AtomicLong resets = new AtomicLong();
    private final AtomicLong streams = new AtomicLong();
    private final AtomicInteger faults = new AtomicInteger();
    private final Queue<String> shown = new ConcurrentLinkedQueue<>();

    void sent(int requests) {
        sent.addAndGet(requests);
    }

    /** An answer; one that the server should not give is a fault. */
    void answered(int status, String body, long conversation, byte[] request) {
        if (status < STATUSES) {
            statuses.incrementAndGet(status);
        }
        if (status >= SERVER_ERROR && !overload(status, body, request) && !otherVersion(status, request)) {
            fault("answered with " + status, conversation, request);
        }
    }

    /** Of limits that the documentation names; the answer to a HEAD has no room for them. */
    private static boolean overload(int status, String body, byte[] request) {
        return status == OVERLOAD
                && (body.contains("too-many-streams")
                        || body.contains("too-busy")
                        || new String(request, ISO_8859_1).startsWith("HEAD " + Targets.STREAM));
    }

    /** Vert.x answers by itself to who speaks neither HTTP/1.1 nor HTTP/1.0. */
    private static boolean otherVersion(int status, byte[] request) {
        return status == NOT_IMPLEMENTED
                && !KNOWN_VERSION.matcher(new String(request, ISO_8859_1)).find();
    }

    void stream() {
        streams.incrementAndGet();
    }

    /** A connection that ended without an answer to something that may have none. */
    void silent() {
        unanswered.incrementAndGet();
    }

    /** A connection that the server reset, or that broke off while something senseless was sent. */
    void reset() {
        resets.incrementAndGet();
    }

    void fault(String what, long conversation, byte[] request) {
        if (faults.incrementAndGet() <= SHOWN_FAULTS) {
            String text = new String(request, 0, Math.min(request.length, SHOWN_BYTES), ISO_8859_1)
                    .replace("\r", "\\r")
                    .replace("\n", "\\n");
            shown.add("conversation " + conversation + ": " + what + ": " + text);
        }
    }

    long sent() {
        return sent.get();
    }

    int faults() {
        return faults.get();
    }

    List<String> shownFaults() {
        return new ArrayList<>(shown);
    }

    long streams() {
        return streams.get();
    }

    long unanswered() {
        return unanswered.get();
    }

    long resets() {
        return resets.get();
    }

    /** How many answers there were of each status. */
    Map<Integer, Integer> answers() {
        Map<Integer, Integer> answers = new TreeMap<>();
        for (int status = 0; status < STATUSES; status++) {
            if (statuses.get(status) > 0) {
                answers.put(status, statuses.get(status));
            }
        }
        return answers;
    }
}
