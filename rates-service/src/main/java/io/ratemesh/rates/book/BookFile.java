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

/** The last good book on disk. Blocks; several processes may share a folder. */
public final class BookFile {

    private static final String NAME = "book";
    private static final int MAX_BYTES = 1 << 20;

    private final Path folder;
    private final DurableFile file;

    /**
     * A book file.
     *
     * @param folder where it lies; need not exist yet
     */
    public BookFile(Path folder, Clock clock) {
        this.folder = folder;
        this.file = new DurableFile(folder, NAME, MAX_BYTES, clock);
    }

    /**
     * Makes the folder and writes to it once, so that a start fails now and not a day later.
     *
     * @throws StartException where that cannot be done
     */
    public void prepare() {
        try {
            file.prepare();
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
        return file.read(bytes -> RateBookCodec.decode(new String(bytes, UTF_8)));
    }

    /**
     * Replaces the book, so that after a crash at any moment either the old or the new one is there, whole.
     *
     * @throws IOException where the disk fails; the old book is still there
     */
    public void write(RateBook book) throws IOException {
        file.write(RateBookCodec.encode(book).getBytes(UTF_8));
    }
}
