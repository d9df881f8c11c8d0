package io.ratemesh.launcher.command;

import io.ratemesh.launcher.state.CommandContext;
import io.ratemesh.launcher.state.CommandLock;
import java.time.Duration;
import java.util.function.Supplier;

/** One command at a time changes a cluster. */
final class LockedCluster {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private LockedCluster() {}

    static <T> T during(CommandContext workplace, Supplier<T> work) {
        CommandLock lock = CommandLock.take(
                workplace.home(),
                PATIENCE,
                () -> workplace.console().say("another ratemesh command is at work on this cluster; waiting for it"));
        try {
            return work.get();
        } finally {
            lock.close();
        }
    }
}
