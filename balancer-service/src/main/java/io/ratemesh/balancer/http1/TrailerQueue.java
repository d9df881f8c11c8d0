package io.ratemesh.balancer.http1;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The trailers of the requests of one connection, numbered from 0, until the server reads them. */
final class TrailerQueue {

    private record Trailers(int request, List<Map.Entry<String, String>> fields) {}

    /** In the order of the requests. Nearly no connection has any. */
    private @Nullable Deque<Trailers> kept;

    void add(int request, List<Map.Entry<String, String>> fields) {
        kept = kept == null ? new ArrayDeque<>(1) : kept;
        kept.add(new Trailers(request, fields));
    }

    /** Removes and returns the trailers of a request, and removes those of the requests before it. */
    List<Map.Entry<String, String>> take(int request) {
        while (kept != null && !kept.isEmpty() && kept.peek().request() <= request) {
            Trailers first = kept.remove();
            if (first.request() == request) {
                return first.fields();
            }
        }
        return List.of();
    }
}
