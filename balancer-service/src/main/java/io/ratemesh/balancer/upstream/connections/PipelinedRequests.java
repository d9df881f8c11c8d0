package io.ratemesh.balancer.upstream.connections;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The requests under way on one connection, as the listeners of their responses, which are received in the order of the requests. */
final class PipelinedRequests {

    private final Deque<ResponseListener> listeners = new ArrayDeque<>(2);

    void add(ResponseListener listener) {
        listeners.add(listener);
    }

    /** The listener of the current response; null where no request is under way. */
    @Nullable
    ResponseListener first() {
        return listeners.peek();
    }

    boolean isEmpty() {
        return listeners.isEmpty();
    }

    int size() {
        return listeners.size();
    }

    void removeFirst() {
        listeners.remove();
    }

    void remove(ResponseListener listener) {
        listeners.remove(listener);
    }

    /** Puts another listener in the place of one. */
    void replace(ResponseListener listener, ResponseListener by) {
        for (int left = listeners.size(); left > 0; left--) {
            ResponseListener next = listeners.remove();
            listeners.add(next == listener ? by : next);
        }
    }

    List<ResponseListener> removeAll() {
        List<ResponseListener> all = new ArrayList<>(listeners);
        listeners.clear();
        return all;
    }

    /** Removes all but the first. */
    List<ResponseListener> removeBehindFirst() {
        ResponseListener first = listeners.poll();
        List<ResponseListener> behind = removeAll();
        if (first != null) {
            listeners.add(first);
        }
        return behind;
    }
}
