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
 * What tells one state of a file from another. Modification time and size alone do not: a copy may keep both, but not the time at which
 * its inode changed, which nobody can set.
 *
 * @param size in bytes
 * @param modified when its content was last modified, as the file system has it
 * @param changed when its inode changed last, by the clock of the kernel
 * @param inode which one it is
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

    /** Within one tick of the kernel's clock, 10 ms at most, two versions may have the same time. */
    private static final Duration TICK = Duration.ofMillis(20);

    /** As coarse as some file systems' times are. */
    private static final Duration COARSE_TICK = Duration.ofSeconds(2);

    private static final int DIGEST_OCTETS = 12;

    /**
     * What there is now. Looks at the disk: not for an event loop.
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

    /** Whether it is the same file, maybe in another state. */
    boolean isSameFileAs(FileVersion other) {
        return Objects.equals(inode, other.inode);
    }

    /** Whether the content may be another than that of an earlier look at the same file. */
    boolean differsFrom(FileVersion earlier) {
        return size != earlier.size || !modified.equals(earlier.modified);
    }

    /**
     * Its entity tag: a weak one as long as a further change could leave all times as they are (RFC 9110 §8.8.1).
     */
    String etag(Instant now) {
        String tag = '"' + Long.toHexString(size) + '-' + digest() + '"';
        return millisUntilSettled(now) > 0 ? "W/" + tag : tag;
    }

    /** How long a further change could leave all times as they are, in milliseconds; 0 or less where it cannot any more. */
    long millisUntilSettled(Instant now) {
        Duration tick = changed.equals(changed.truncatedTo(ChronoUnit.SECONDS)) ? COARSE_TICK : TICK;
        return Duration.between(now, changed.plus(tick)).plusMillis(1).toMillis();
    }

    /** To the second, and never after the moment at which it is told (RFC 9110 §8.8.2.1). */
    Instant lastModified(Instant now) {
        return Instant.ofEpochSecond(Math.min(modified.getEpochSecond(), now.getEpochSecond()));
    }

    /** What it is made of is nobody's business. */
    private String digest() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((modified + " " + changed + " " + inode).getBytes(US_ASCII));
            return HexFormat.of().formatHex(digest, 0, DIGEST_OCTETS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
