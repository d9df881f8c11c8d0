package io.ratemesh.launcher.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Hands on what a growing log gains, whole lines only; begins anew where the file was replaced by a shorter one. */
public final class LogFollower {

    private static final int BLOCK = 1 << 16;

    private final Path file;
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private long position;

    /** Follows from a place on, in bytes from the start of the file. */
    public LogFollower(Path file, long position) {
        this.file = file;
        this.position = position;
    }

    /** The lines that came since it was last asked. */
    public List<String> more() {
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
            // Missing for the moment between two starts; it is looked for again.
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
