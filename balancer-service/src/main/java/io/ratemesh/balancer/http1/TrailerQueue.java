package io.ratemesh.balancer.http1;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What followed the bodies of requests of one connection, which are numbered from 0, until the server reads it. */
final class TrailerQueue {

    private record Trailers(int request, List<Map.Entry<String, String>> fields) {}

    /** In their order. Nearly no connection has any. */
    private @Nullable Deque<Trailers> kept;

    void keep(int request, List<Map.Entry<String, String>> fields) {
        kept = kept == null ? new ArrayDeque<>(1) : kept;
        kept.add(new Trailers(request, fields));
    }

    /** Those of a request, and forgets them and those of the requests before it. */
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
