package io.ratemesh.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** Counts requests, responses and faults of all senders. */
final class FuzzCounts {

    private static final int STATUSES = 600;
    private static final int SERVER_ERROR = 500;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final Pattern SUPPORTED_VERSION = Pattern.compile("^\\s*\\S+ \\S+ HTTP/1\\.[01]\r?\n");
    private static final int MAX_SHOWN_BYTES = 600;
    private static final int MAX_SHOWN_FAULTS = 20;

    private final AtomicLong requests = new AtomicLong();
    private final AtomicIntegerArray statuses = new AtomicIntegerArray(STATUSES);
    private final AtomicLong withoutResponse = new AtomicLong();
    private final AtomicLong resets = new AtomicLong();
    private final AtomicLong streams = new AtomicLong();
    private final AtomicInteger faults = new AtomicInteger();
    private final Queue<String> shown = new ConcurrentLinkedQueue<>();

    void addRequests(int count) {
        requests.addAndGet(count);
    }

    /** Adds a response, which is a fault if the server must not send it. */
    void addResponse(int status, String body, long connection, byte[] request) {
        if (status < STATUSES) {
            statuses.incrementAndGet(status);
        }
        if (status >= SERVER_ERROR && !isLimit(status, body, request) && !isUnsupportedVersion(status, request)) {
            addFault("status " + status, connection, request);
        }
    }

    /** Whether it is the response of a documented limit. A response to HEAD has no body that says so. */
    private static boolean isLimit(int status, String body, byte[] request) {
        return status == SERVICE_UNAVAILABLE
                && (body.contains("too-many-streams")
                        || body.contains("too-busy")
                        || new String(request, ISO_8859_1).startsWith("HEAD " + FuzzTargets.STREAM));
    }

    /** Whether it is the response of Vert.x to versions other than HTTP/1.0 and HTTP/1.1. */
    private static boolean isUnsupportedVersion(int status, byte[] request) {
        return status == NOT_IMPLEMENTED
                && !SUPPORTED_VERSION.matcher(new String(request, ISO_8859_1)).find();
    }

    void addStream() {
        streams.incrementAndGet();
    }

    /** Adds a connection that was closed without a response, where none is required. */
    void addWithoutResponse() {
        withoutResponse.incrementAndGet();
    }

    /** Adds a connection that was reset, where that is allowed. */
    void addReset() {
        resets.incrementAndGet();
    }

    void addFault(String description, long connection, byte[] request) {
        if (faults.incrementAndGet() <= MAX_SHOWN_FAULTS) {
            String text = new String(request, 0, Math.min(request.length, MAX_SHOWN_BYTES), ISO_8859_1)
                    .replace("\r", "\\r")
                    .replace("\n", "\\n");
            shown.add("connection " + connection + ": " + description + ": " + text);
        }
    }

    long requests() {
        return requests.get();
    }

    int faults() {
        return faults.get();
    }

    List<String> faultDescriptions() {
        return List.copyOf(shown);
    }

    long streams() {
        return streams.get();
    }

    long withoutResponse() {
        return withoutResponse.get();
    }

    long resets() {
        return resets.get();
    }

    Map<Integer, Integer> responses() {
        Map<Integer, Integer> responses = new TreeMap<>();
        for (int status = 0; status < STATUSES; status++) {
            if (statuses.get(status) > 0) {
                responses.put(status, statuses.get(status));
            }
        }
        return responses;
    }
}
