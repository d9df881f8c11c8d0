package io.ratemesh.benchmarks.load;

import java.util.List;

/**
 * The requests of a load.
 *
 * @param paths requested in turn, each with its leading slash; at least one
 * @param headers as {@code Name: value}, besides {@code Host}
 * @param connections kept alive, each with one request at a time
 */
public record LoadPlan(List<String> paths, List<String> headers, int connections) {

    public LoadPlan {
        paths = List.copyOf(paths);
        headers = List.copyOf(headers);
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("paths: none (expected: at least one)");
        }
    }

    public LoadPlan(String path, List<String> headers, int connections) {
        this(List.of(path), headers, connections);
    }

    public LoadPlan(String path, int connections) {
        this(path, List.of(), connections);
    }

    /** The first path. */
    public String path() {
        return paths.get(0);
    }
}
