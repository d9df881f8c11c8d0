package io.ratemesh.benchmarks.chaos;

import io.ratemesh.benchmarks.process.Program;
import java.nio.file.Path;

/**
 * The services of another commit, built in a worktree of git.
 *
 * @param folder the worktree
 */
record CommitBuild(Path project, Path folder) implements AutoCloseable {

    private static final String DONE = "done";

    /**
     * Builds a commit.
     *
     * @param folder for the worktree
     * @throws IllegalStateException if the commit is unknown, or cannot be built
     */
    static CommitBuild of(Path project, String commit, Path folder) {
        CommitBuild build = new CommitBuild(project, folder);
        build.run("git -C " + project + " worktree add -q --detach " + folder + " '" + commit + "'");
        System.out.println("building " + commit + ", about two minutes");
        try {
            build.run("cd " + folder
                    + " && ./mvnw -B -q -DskipTests -pl rates-service,converter-service,balancer-service -am package");
        } catch (IllegalStateException e) {
            build.close();
            throw e;
        }
        return build;
    }

    @Override
    public void close() {
        run("git -C " + project + " worktree remove --force " + folder);
    }

    private void run(String script) {
        String output = new Program("sh", "dash")
                .output("-c", "{ " + script + "; } 2>&1 </dev/null && echo " + DONE)
                .strip();
        if (!output.endsWith(DONE)) {
            throw new IllegalStateException(output);
        }
    }
}
