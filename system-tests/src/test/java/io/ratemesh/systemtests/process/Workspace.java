package io.ratemesh.systemtests.process;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the modules lie and what they were built into, wherever the tests are started from. */
public final class Workspace {

    private static final Path ROOT = root();

    private Workspace() {}

    /** The folder of a module. */
    public static Path module(String name) {
        return ROOT.resolve(name);
    }

    /** The folder for what the tests leave behind. */
    public static Path target() {
        return module("system-tests").resolve("target");
    }

    private static Path root() {
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("system-tests/pom.xml"))) {
                return folder;
            }
        }
        throw new IllegalStateException("run from within the project, not from " + start);
    }
}
