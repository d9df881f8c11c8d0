package io.ratemesh.benchmarks.load;

import java.util.List;

/**
 * The requests of a load.
 *
 * @param path with its leading slash
 * @param headers as {@code Name: value}, besides {@code Host}
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
