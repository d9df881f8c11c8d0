package io.ratemesh.balancer.assets;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a version of a file. Modification time and size alone do not, because a copy may keep both; the change time of the inode
 * cannot be set.
 *
 * @param size in bytes
 * @param modified modification time of the content, from the file system
 * @param changed change time of the inode, by the kernel's clock
 * @param inode identity of the inode
 */
record FileVersion(
        boolean regular,
        boolean directory,
        long size,
        Instant modified,
        Instant changed,
        @Nullable Object inode) {

    private static final boolean UNIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

    private static final String CHANGED = UNIX ? "ctime" : "lastModifiedTime";

    private static final String ATTRIBUTES =
            (UNIX ? "unix:" : "") + "isRegularFile,isDirectory,size,lastModifiedTime,fileKey," + CHANGED;

    /** Two versions may have the same time within one tick of the kernel's clock, which is at most 10 ms. */
    private static final Duration TICK = Duration.ofMillis(20);

    /** Resolution of the times of some file systems. */
    private static final Duration COARSE_TICK = Duration.ofSeconds(2);

    private static final int DIGEST_BYTES = 12;

    /**
     * Reads the current version. Reads the disk: not for an event loop.
     *
     * @param path without symbolic links
     */
    static FileVersion of(Path path) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        return new FileVersion(
                value(attributes, "isRegularFile", Boolean.class),
                value(attributes, "isDirectory", Boolean.class),
                value(attributes, "size", Long.class),
                value(attributes, "lastModifiedTime", FileTime.class).toInstant(),
                value(attributes, CHANGED, FileTime.class).toInstant(),
                attributes.get("fileKey"));
    }

    private static <T> T value(Map<String, Object> attributes, String name, Class<T> type) {
        return Objects.requireNonNull(type.cast(attributes.get(name)), name);
    }

    /** Returns whether it is the same file, possibly in another version. */
    boolean isSameFileAs(FileVersion other) {
        return Objects.equals(inode, other.inode);
    }

    /** Returns whether the content may differ from an earlier version of the same file. */
    boolean differsFrom(FileVersion earlier) {
        return size != earlier.size || !modified.equals(earlier.modified);
    }

    /** Returns the entity tag: weak as long as another change could leave all times the same (RFC 9110 §8.8.1). */
    String etag(Instant now) {
        String tag = '"' + Long.toHexString(size) + '-' + digest() + '"';
        return millisUntilSettled(now) > 0 ? "W/" + tag : tag;
    }

    /** Returns for how many milliseconds another change could leave all times the same; 0 or less if none could. */
    long millisUntilSettled(Instant now) {
        Duration tick = changed.equals(changed.truncatedTo(ChronoUnit.SECONDS)) ? COARSE_TICK : TICK;
        return Duration.between(now, changed.plus(tick)).plusMillis(1).toMillis();
    }

    /** Returns the time for {@code Last-Modified}: whole seconds, and never in the future (RFC 9110 §8.8.2.1). */
    Instant lastModified(Instant now) {
        return Instant.ofEpochSecond(Math.min(modified.getEpochSecond(), now.getEpochSecond()));
    }

    /** A digest, so that the tag does not disclose the times and the inode. */
    private String digest() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((modified + " " + changed + " " + inode).getBytes(US_ASCII));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
