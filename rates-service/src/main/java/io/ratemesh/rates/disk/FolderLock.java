package io.ratemesh.rates.disk;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of several processes that share a folder writes to it: the first, and after its end another. The system releases the
 * lock of a process however it ends. Thread-safe.
 */
public final class FolderLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);
    private static final String NAME = "lock";

    private final Path folder;
    private final FileChannel channel;
    private @Nullable FileLock lock;
    private boolean shared;
    private boolean unsupported;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Creates the folder, and takes its lock if no other process has it.
     *
     * @throws IOException if the folder cannot be created or written
     */
    public static FolderLock open(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FolderLock lock = new FolderLock(folder, channel);
        lock.shared = !lock.acquire();
        if (lock.shared) {
            LOG.info("another process writes to {}; this one does so when that has ended", folder);
        }
        return lock;
    }

    /** Whether this process writes to the folder: it has the lock, or takes it now. Blocks. */
    public synchronized boolean acquire() {
        if (isHeld()) {
            return true;
        }
        try {
            lock = channel.tryLock();
            if (lock != null && shared) {
                LOG.info("the other process has ended, so this one writes to {}", folder);
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("another node of this process has the lock of {}", folder);
        } catch (ClosedChannelException e) {
            LOG.debug("the lock of {} is closed", folder);
        } catch (IOException e) {
            LOG.warn("{} cannot be locked, so several processes may write to it: {}", folder, String.valueOf(e));
            unsupported = true;
        }
        return isHeld();
    }

    /** Whether this process writes to the folder, as far as is known. */
    public synchronized boolean isHeld() {
        return lock != null || unsupported;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("the lock of {} could not be closed", folder, e);
        }
    }
}
