package io.ratemesh.rates.book;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.model.RateBook;
import io.ratemesh.model.RateBookCodec;
import io.ratemesh.node.lifecycle.StartException;
import io.ratemesh.rates.disk.DurableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** The last published book on disk. Blocks; several processes may share a folder. */
public final class BookFile {

    private static final String NAME = "book";
    private static final int MAX_BYTES = 1 << 20;

    private final Path folder;
    private final DurableFile file;

    /**
     * Creates it.
     *
     * @param folder the folder of the file; need not exist yet
     */
    public BookFile(Path folder, Clock clock) {
        this.folder = folder;
        this.file = new DurableFile(folder, NAME, MAX_BYTES, clock);
    }

    /**
     * Creates the folder and writes to it once, so that a folder without permission fails the start.
     *
     * @throws StartException if that is not possible
     */
    public void prepare() {
        try {
            file.prepare();
        } catch (IOException e) {
            throw new StartException("rates.data-dir: " + folder + " cannot be written ("
                    + e.getClass().getSimpleName() + "); use a folder that this process can write");
        }
    }

    /**
     * Reads the book. A file that is truncated, altered or too large is renamed and ignored.
     *
     * @return empty if there is no valid file
     * @throws IOException if the disk fails
     */
    public Optional<RateBook> read() throws IOException {
        return file.read(bytes -> RateBookCodec.decode(new String(bytes, UTF_8)));
    }

    /**
     * Replaces the book atomically: after a crash the file is either the old book or the new one.
     *
     * @throws IOException if the disk fails; the old book remains
     */
    public void write(RateBook book) throws IOException {
        file.write(RateBookCodec.encode(book).getBytes(UTF_8));
    }
}
