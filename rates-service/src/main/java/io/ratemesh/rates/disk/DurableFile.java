package io.ratemesh.rates.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is replaced atomically and checked when read. Blocks; several processes may share a folder.
 */
public final class DurableFile {

    private static final Logger LOG = LoggerFactory.getLogger(DurableFile.class);
    private static final String TEMPORARY = ".tmp";
    private static final String CORRUPT = ".corrupt-";
    private static final DateTimeFormatter CORRUPT_SINCE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** The number of invalid files that are kept for inspection. */
    private static final int MOST_CORRUPT = 3;

    /** No write takes this long: an older temporary file is from a process that was killed. */
    private static final Duration LONGEST_WRITE = Duration.ofMinutes(1);

    private final Path folder;
    private final String name;
    private final int maxBytes;
    private final Clock clock;
    private final Pattern temporaryName;

    /**
     * Creates it.
     *
     * @param folder the folder of the file; need not exist yet
     * @param maxBytes a larger file is invalid
     */
    public DurableFile(Path folder, String name, int maxBytes, Clock clock) {
        this.folder = folder;
        this.name = name;
        this.maxBytes = maxBytes;
        this.clock = clock;
        this.temporaryName = Pattern.compile(Pattern.quote(name) + "\\.[0-9]+" + Pattern.quote(TEMPORARY));
    }

    /**
     * Creates the folder, writes to it once, and deletes temporary files of killed processes.
     *
     * @throws IOException if the folder cannot be created or written
     */
    public void prepare() throws IOException {
        Files.createDirectories(folder);
        Files.delete(temporary());
        Instant tooOld = clock.instant().minus(LONGEST_WRITE);
        for (Path leftover : named(temporaryName)) {
            if (lastModified(leftover).isBefore(tooOld)) {
                Files.deleteIfExists(leftover);
            }
        }
    }

    /**
     * Reads the file. A file that is too large, or that the reader rejects, is renamed and ignored.
     *
     * @param reader throws an {@link IllegalArgumentException} for an invalid file
     * @return empty if there is no valid file
     * @throws IOException if the disk fails
     */
    public <T> Optional<T> read(Function<byte[], T> reader) throws IOException {
        try (var in = Files.newInputStream(file())) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new IllegalArgumentException("larger than " + maxBytes + " bytes");
            }
            return Optional.of(reader.apply(bytes));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            rename(e);
            return Optional.empty();
        }
    }

    /**
     * Replaces the file atomically: after a crash the file is either the old or the new one.
     *
     * @throws IOException if the disk fails; the old file remains
     */
    public void write(byte[] bytes) throws IOException {
        Path temporary = temporary();
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer remaining = ByteBuffer.wrap(bytes);
                while (remaining.hasRemaining()) {
                    channel.write(remaining);
                }
                channel.force(true);
            }
            Files.move(temporary, file(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        syncFolder();
    }

    private Path file() {
        return folder.resolve(name);
    }

    private Path temporary() throws IOException {
        return Files.createTempFile(folder, name + ".", TEMPORARY);
    }

    private void rename(IllegalArgumentException fault) throws IOException {
        Path corrupt = folder.resolve(name + CORRUPT + CORRUPT_SINCE.format(clock.instant()));
        Files.move(file(), corrupt, StandardCopyOption.REPLACE_EXISTING);
        LOG.warn("file {} is invalid ({}): renamed to {}", name, fault.getMessage(), corrupt);
        List<Path> all = named(Pattern.compile(Pattern.quote(name + CORRUPT) + ".*")).stream()
                .sorted(Comparator.reverseOrder())
                .toList();
        for (Path old : all.subList(Math.min(all.size(), MOST_CORRUPT), all.size())) {
            Files.deleteIfExists(old);
        }
    }

    private List<Path> named(Pattern pattern) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path ->
                            pattern.matcher(path.getFileName().toString()).matches())
                    .toList();
        }
    }

    /** The time of the last change; now if another process has just deleted the file. */
    private Instant lastModified(Path path) throws IOException {
        try {
            return Files.getLastModifiedTime(path).toInstant();
        } catch (NoSuchFileException e) {
            return clock.instant();
        }
    }

    /** Makes the rename durable. On a system that cannot sync a folder, the file is still valid. */
    private void syncFolder() {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.debug("folder {} could not be synced", folder, e);
        }
    }
}
