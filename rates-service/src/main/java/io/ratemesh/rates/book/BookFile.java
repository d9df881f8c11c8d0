package io.ratemesh.rates.book;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.model.RateBook;
import io.ratemesh.model.RateBookCodec;
import io.ratemesh.node.lifecycle.StartException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last good book on disk, in a folder of its own: written whole or not at all, checked when read. Blocks; several
 * processes may share a folder.
 */
public final class BookFile {

    private static final Logger LOG = LoggerFactory.getLogger(BookFile.class);
    private static final String NAME = "book";
    private static final int MAX_BYTES = 1 << 20;
    private static final DateTimeFormatter SET_ASIDE_AT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final Clock clock;

    /**
     * A book file.
     *
     * @param folder where it lies; need not exist yet
     */
    public BookFile(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * Makes the folder and writes to it once, so that a start fails now and not a day later.
     *
     * @throws StartException where that cannot be done
     */
    public void prepare() {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, NAME, ".tmp"));
        } catch (IOException e) {
            throw new StartException("rates.data-dir: " + folder + " (expected: a folder that this process can write: "
                    + e.getClass().getSimpleName() + ")");
        }
    }

    /**
     * Reads the book. One that is torn, altered or too large is set aside under another name and not read at all.
     *
     * @return empty where there is none that is good
     * @throws IOException where the disk fails
     */
    public Optional<RateBook> read() throws IOException {
        Path file = folder.resolve(NAME);
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IllegalArgumentException("larger than " + MAX_BYTES + " bytes");
            }
            return Optional.of(RateBookCodec.decode(new String(bytes, UTF_8)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            Path aside = folder.resolve(NAME + ".corrupt-" + SET_ASIDE_AT.format(clock.instant()));
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            LOG.warn("the book on disk is not good ({}): set aside as {}", e.getMessage(), aside);
            return Optional.empty();
        }
    }

    /**
     * Replaces the book, so that after a crash at any moment either the old or the new one is there, whole.
     *
     * @throws IOException where the disk fails; the old book is still there
     */
    public void write(RateBook book) throws IOException {
        Path temporary = Files.createTempFile(folder, NAME, ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = UTF_8.encode(RateBookCodec.encode(book));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        syncFolder();
    }

    /** The new name is durable only once the folder is; where a system cannot do that, the book is still whole. */
    private void syncFolder() {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.debug("folder {} not synced", folder, e);
        }
    }
}
