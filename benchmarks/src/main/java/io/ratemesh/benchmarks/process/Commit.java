package io.ratemesh.benchmarks.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The commit of the sources. */
public final class Commit {

    private Commit() {}

    /** The hash; empty without git or outside a repository. */
    public static Optional<String> of(Path folder) {
        return new Program("git", "git")
                .find()
                .map(git -> Program.output(List.of(git.toString(), "-C", folder.toString(), "rev-parse", "HEAD"))
                        .strip())
                .filter(hash -> hash.matches("[0-9a-f]{40,64}"));
    }
}
