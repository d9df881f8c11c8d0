package io.ratemesh.benchmarks.start;

import java.nio.file.Path;
import java.util.List;

/**
 * A program whose start is measured.
 *
 * @param name of the node
 * @param jar that is started
 * @param options of the JVM
 * @param portSetting the setting with the port that it listens on
 * @param paths that respond with 200 once it serves, asked one after another
 */
record NodeProgram(String name, Path jar, List<String> options, String portSetting, List<String> paths) {

    NodeProgram {
        options = List.copyOf(options);
        paths = List.copyOf(paths);
    }
}
