package io.ratemesh.balancer.assets;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An open file in a certain version. Replacing the file by name has no effect on it; writing into it while it is read is detected. All
 * methods but {@link #version} and {@link #whole} read the disk: not for an event loop.
 */
final class FolderFile implements AutoCloseable {

    /** Size of a read. Files up to this size are read completely when they are opened. */
    static final int CHUNK_BYTES = 64 * 1024;

    /** Attempts to open a file that changes meanwhile. */
    private static final int MAX_ATTEMPTS = 5;

    /** On file systems with coarser times, the entity tag is weak instead. */
    private static final long MAX_SETTLE_MILLIS = 50;

    private final Path path;
    private final FileChannel channel;
    private final FileVersion version;
    private final @Nullable Buffer whole;

    private FolderFile(Path path, FileChannel channel, FileVersion version, @Nullable Buffer whole) {
        this.path = path;
        this.channel = channel;
        this.version = version;
        this.whole = whole;
    }

    /**
     * Opens a regular file.
     *
     * @param path without symbolic links
     * @throws IOException if it cannot be opened, or keeps changing meanwhile
     */
    static FolderFile open(Path path) throws IOException {
        FileVersion before = settled(path);
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            if (!before.regular()) {
                // Opening a pipe would block until its other end is opened.
                throw new NoSuchFileException(path.toString());
            }
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            boolean keep = false;
            try {
                Buffer whole = before.size() <= CHUNK_BYTES ? read(channel, 0, (int) before.size()) : null;
                FileVersion after = FileVersion.of(path);
                if (after.equals(before) && (whole == null || whole.length() == after.size())) {
                    keep = whole == null;
                    return new FolderFile(path, channel, after, whole);
                }
                before = after;
            } finally {
                if (!keep) {
                    channel.close();
                }
            }
        }
        throw new IOException(path + " keeps changing");
    }

    /** Waits for the kernel's clock to tick after a recent change, because another change could have the same time. */
    private static FileVersion settled(Path path) throws IOException {
        FileVersion version = FileVersion.of(path);
        long millis = version.millisUntilSettled(Instant.now());
        if (millis <= 0 || millis > MAX_SETTLE_MILLIS) {
            return version;
        }
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(path.toString());
        }
        return FileVersion.of(path);
    }

    FileVersion version() {
        return version;
    }

    /** Returns the content if it has been read already. */
    @Nullable
    Buffer whole() {
        return whole;
    }

    /**
     * Reads a chunk.
     *
     * @param from index of the first byte
     * @param to index after the last byte
     * @throws IOException if it cannot be read, or the file has changed since it was opened
     */
    Buffer read(long from, long to) throws IOException {
        Buffer chunk = read(channel, from, (int) (to - from));
        if (chunk.length() < to - from || hasChanged()) {
            throw new IOException(path + " was changed while it was being sent");
        }
        return chunk;
    }

    /** Returns whether the file was written to. If another file has its name now, that is unknown, but also unlikely. */
    private boolean hasChanged() {
        try {
            FileVersion now = FileVersion.of(path);
            return version.isSameFileAs(now) && now.differsFrom(version);
        } catch (IOException gone) {
            return false;
        }
    }

    /** Reads up to {@code length} bytes. */
    private static Buffer read(FileChannel channel, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        for (int read = 0; bytes.hasRemaining() && read >= 0; ) {
            read = channel.read(bytes, from + bytes.position());
        }
        return Buffer.buffer(bytes.hasRemaining() ? Arrays.copyOf(bytes.array(), bytes.position()) : bytes.array());
    }

    /** Closes the file. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
