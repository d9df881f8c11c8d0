package io.ratemesh.benchmarks.stack;

import io.ratemesh.benchmarks.process.ProcessUsage;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.util.function.Supplier;

/**
 * A running system that converts amounts.
 *
 * @param description its parts, in one sentence
 * @param front the server that clients connect to
 * @param usage of all its processes
 */
record ConversionStack(String name, String description, ServerProcess front, Supplier<ProcessUsage> usage) {

    @Override
    public String toString() {
        return name;
    }
}
