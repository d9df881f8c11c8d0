package io.ratemesh.benchmarks.load;

import java.util.List;

/**
 * What a load asks for.
 *
 * @param path with its slash
 * @param headers as {@code Name: value}, besides those that every request has
 * @param connections kept alive, each with one request at a time
 */
public record LoadPlan(String path, List<String> headers, int connections) {

    public LoadPlan {
        headers = List.copyOf(headers);
    }

    public LoadPlan(String path, int connections) {
        this(path, List.of(), connections);
    }
}
