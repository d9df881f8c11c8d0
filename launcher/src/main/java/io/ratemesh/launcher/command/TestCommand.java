package io.ratemesh.launcher.command;

import io.ratemesh.launcher.outcome.CommandFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code test}: here only for the list of commands, since the script runs it without this jar. */
@Command(
        name = "test",
        description = "Installs what the tests need and lacks, then runs ./mvnw verify; further arguments go to it.")
public final class TestCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw CommandFailure.wrongUsage("test is run by the script: ./ratemesh test");
    }
}
