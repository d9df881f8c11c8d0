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
 * A file that is open, and the version of it that is. What replaces it by name has no part in it; what is written into it while it is
 * read is noticed. All methods but {@link #version} look at the disk: not for an event loop.
 */
final class FolderFile implements AutoCloseable {

    /** What is read at one time. Smaller files are read as a whole when they are opened. */
    static final int PIECE_BYTES = 64 * 1024;

    /** A file that changes as often as that while it is being opened changes all the time. */
    private static final int MOST_TRIES = 5;

    /** Where times are coarser, a weak tag tells so. */
    private static final long MOST_WAIT_MILLIS = 50;

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
     * @throws IOException where it cannot be opened, or does not stay the same for as long as that takes
     */
    static FolderFile open(Path path) throws IOException {
        FileVersion before = settled(path);
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            if (!before.regular()) {
                // To open a pipe would be to wait for its other end.
                throw new NoSuchFileException(path.toString());
            }
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            boolean keep = false;
            try {
                Buffer whole = before.size() <= PIECE_BYTES ? read(channel, 0, (int) before.size()) : null;
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
        throw new IOException(path + " changes all the time");
    }

    /** A change just now could not be told from a next one: that waits out the tick of the kernel's clock. */
    private static FileVersion settled(Path path) throws IOException {
        FileVersion version = FileVersion.of(path);
        long millis = version.millisUntilSettled(Instant.now());
        if (millis <= 0 || millis > MOST_WAIT_MILLIS) {
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

    /** The content, where it was read already. */
    @Nullable
    Buffer whole() {
        return whole;
    }

    /**
     * Reads a piece.
     *
     * @param from the index of its first byte
     * @param to of the byte after its last
     * @throws IOException where it cannot be had from the version that was opened
     */
    Buffer read(long from, long to) throws IOException {
        Buffer piece = read(channel, from, (int) (to - from));
        if (piece.length() < to - from || hasChanged()) {
            throw new IOException(path + " was changed while it was sent");
        }
        return piece;
    }

    /** Whether something was written into it. Where another file has its name now, nobody knows, but nobody writes either. */
    private boolean hasChanged() {
        try {
            FileVersion now = FileVersion.of(path);
            return version.isSameFileAs(now) && now.differsFrom(version);
        } catch (IOException gone) {
            return false;
        }
    }

    /** As much as there is, up to some length. */
    private static Buffer read(FileChannel channel, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        for (int read = 0; bytes.hasRemaining() && read >= 0; ) {
            read = channel.read(bytes, from + bytes.position());
        }
        return Buffer.buffer(bytes.hasRemaining() ? Arrays.copyOf(bytes.array(), bytes.position()) : bytes.array());
    }

    /** To be done when it is not sent to its end. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
