package io.ratemesh.launcher.state;

import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.outcome.Polling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file lock of the command that changes the cluster. The operating system releases it when the process ends. */
public final class CommandLock {

    private final FileChannel channel;

    private CommandLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock, after the command that holds it has ended.
     *
     * @param onWait called once if another command holds the lock
     * @throws CommandFailure if the other command does not end in time
     */
    public static CommandLock take(ClusterHome home, Duration timeout, Runnable onWait) {
        home.create();
        boolean[] reported = {false};
        Optional<CommandLock> lock = Polling.within(timeout).untilPresent(() -> {
            Optional<CommandLock> now = tryTake(home);
            if (now.isEmpty() && !reported[0]) {
                reported[0] = true;
                onWait.run();
            }
            return now;
        });
        return lock.orElseThrow(() -> CommandFailure.failed("another ratemesh command is still running on "
                + home.folder() + " after " + timeout.toSeconds() + " s; try again after it has ended"));
    }

    /** Takes the lock if no other command holds it. */
    static Optional<CommandLock> takeNow(ClusterHome home) {
        home.create();
        return tryTake(home);
    }

    private static Optional<CommandLock> tryTake(ClusterHome home) {
        try {
            FileChannel channel =
                    FileChannel.open(home.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel) != null) {
                return Optional.of(new CommandLock(channel));
            }
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable FileLock locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Releases the lock. */
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
