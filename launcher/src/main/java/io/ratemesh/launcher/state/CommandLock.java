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

/** Held by the command that changes the cluster; the system lets go of it when the command dies, however it dies. */
public final class CommandLock {

    private final FileChannel channel;

    private CommandLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock, waiting while another command works.
     *
     * @param waiting called once before the wait begins
     * @throws CommandFailure where the other command does not end in time
     */
    public static CommandLock take(ClusterHome home, Duration patience, Runnable waiting) {
        home.create();
        boolean[] told = {false};
        Optional<CommandLock> lock = Polling.within(patience).untilPresent(() -> {
            Optional<CommandLock> now = tryTake(home);
            if (now.isEmpty() && !told[0]) {
                told[0] = true;
                waiting.run();
            }
            return now;
        });
        return lock.orElseThrow(() -> CommandFailure.failed("another ratemesh command is still at work on "
                + home.folder() + " after " + patience.toSeconds() + " s; try again when it has ended"));
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

    /** Lets go. */
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
