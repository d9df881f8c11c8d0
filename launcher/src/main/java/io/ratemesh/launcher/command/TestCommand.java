package io.ratemesh.launcher.command;

import io.ratemesh.launcher.outcome.CommandFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code test}: only for the list of commands, since the script runs it without this jar. */
@Command(
        name = "test",
        description = "Installs missing programs for the tests, then runs ./mvnw verify with the other arguments.")
public final class TestCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw CommandFailure.wrongUsage("test is a command of the script; use ./ratemesh test");
    }
}
