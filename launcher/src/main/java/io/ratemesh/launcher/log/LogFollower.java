package io.ratemesh.launcher.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the lines that are added to a log. Starts again at the beginning if the file gets shorter. */
public final class LogFollower {

    private static final int BLOCK = 1 << 16;

    private final Path file;
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private long position;

    /** Starts at an offset in bytes. */
    public LogFollower(Path file, long position) {
        this.file = file;
        this.position = position;
    }

    /** The complete lines since the last call. */
    public List<String> readNew() {
        List<String> lines = new ArrayList<>();
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            if (log.length() < position) {
                position = 0;
                unfinished.reset();
            }
            log.seek(position);
            byte[] block = new byte[BLOCK];
            for (int read = log.read(block); read > 0; read = log.read(block)) {
                position += read;
                split(block, read, lines);
            }
        } catch (IOException e) {
            // The file is missing between two starts of a node; the next call tries again.
            return lines;
        }
        return lines;
    }

    private void split(byte[] block, int length, List<String> into) {
        for (int i = 0; i < length; i++) {
            if (block[i] == '\n') {
                into.add(unfinished.toString(UTF_8));
                unfinished.reset();
            } else {
                unfinished.write(block[i]);
            }
        }
    }
}
