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
 * Some bytes under a name: written whole or not at all, checked when read. Blocks; several processes may share a folder.
 */
public final class DurableFile {

    private static final Logger LOG = LoggerFactory.getLogger(DurableFile.class);
    private static final String TEMPORARY = ".tmp";
    private static final String SET_ASIDE = ".corrupt-";
    private static final DateTimeFormatter SET_ASIDE_AT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** Files set aside that are kept for a person to look at. */
    private static final int MOST_SET_ASIDE = 3;

    /** No write takes this long: what is older was left behind by a process that was killed. */
    private static final Duration LEFT_BEHIND = Duration.ofMinutes(1);

    private final Path folder;
    private final String name;
    private final int maxBytes;
    private final Clock clock;
    private final Pattern temporaryName;

    /**
     * A file.
     *
     * @param folder where it lies; need not exist yet
     * @param maxBytes a larger file is not good
     */
    public DurableFile(Path folder, String name, int maxBytes, Clock clock) {
        this.folder = folder;
        this.name = name;
        this.maxBytes = maxBytes;
        this.clock = clock;
        this.temporaryName = Pattern.compile(Pattern.quote(name) + "\\.[0-9]+" + Pattern.quote(TEMPORARY));
    }

    /**
     * Makes the folder, writes to it once, and removes what a killed process left behind.
     *
     * @throws IOException where the folder cannot be made or written
     */
    public void prepare() throws IOException {
        Files.createDirectories(folder);
        Files.delete(temporary());
        Instant tooOld = clock.instant().minus(LEFT_BEHIND);
        for (Path leftover : named(temporaryName)) {
            if (lastModified(leftover).isBefore(tooOld)) {
                Files.deleteIfExists(leftover);
            }
        }
    }

    /**
     * Reads the file. One that its reader refuses, or that is too large, is set aside under another name and not read at
     * all.
     *
     * @param reader refuses by an {@link IllegalArgumentException}
     * @return empty where there is none that is good
     * @throws IOException where the disk fails
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
            setAside(e);
            return Optional.empty();
        }
    }

    /**
     * Replaces the file, so that after a crash at any moment either the old or the new one is there, whole.
     *
     * @throws IOException where the disk fails; the old file is still there
     */
    public void write(byte[] bytes) throws IOException {
        Path temporary = temporary();
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    channel.write(left);
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

    private void setAside(IllegalArgumentException why) throws IOException {
        Path aside = folder.resolve(name + SET_ASIDE + SET_ASIDE_AT.format(clock.instant()));
        Files.move(file(), aside, StandardCopyOption.REPLACE_EXISTING);
        LOG.warn("{} on disk is not good ({}): set aside as {}", name, why.getMessage(), aside);
        List<Path> all = named(Pattern.compile(Pattern.quote(name + SET_ASIDE) + ".*")).stream()
                .sorted(Comparator.reverseOrder())
                .toList();
        for (Path old : all.subList(Math.min(all.size(), MOST_SET_ASIDE), all.size())) {
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

    /** Of a file that another process has just removed: now. */
    private Instant lastModified(Path path) throws IOException {
        try {
            return Files.getLastModifiedTime(path).toInstant();
        } catch (NoSuchFileException e) {
            return clock.instant();
        }
    }

    /** The new name is durable only once the folder is; where a system cannot do that, the file is still whole. */
    private void syncFolder() {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.debug("folder {} not synced", folder, e);
        }
    }
}
