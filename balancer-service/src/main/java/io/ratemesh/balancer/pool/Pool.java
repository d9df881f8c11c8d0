package io.ratemesh.balancer.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The upstreams that can answer the same requests. Changed by one event loop, read by all: each change is a new list, so
 * that an index never points into one that shrank.
 */
public final class Pool {

    private final String name;
    private volatile List<Upstream> upstreams = List.of();

    public Pool(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** All of them, in the order they came. The list never changes; a later call may give another one. */
    public List<Upstream> upstreams() {
        return upstreams;
    }

    public Optional<Upstream> find(String id) {
        return upstreams.stream().filter(upstream -> upstream.id().equals(id)).findFirst();
    }

    public void add(Upstream upstream) {
        List<Upstream> next = new ArrayList<>(upstreams);
        next.add(upstream);
        upstreams = List.copyOf(next);
    }

    public void remove(Upstream upstream) {
        upstreams = upstreams.stream().filter(each -> each != upstream).toList();
    }
}
