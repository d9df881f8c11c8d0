package io.ratemesh.launcher.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the end of a log without reading the rest. */
public final class LogTail {

    private static final int BLOCK = 1 << 16;

    private LogTail() {}

    /**
     * The last lines before an offset.
     *
     * @param end the offset in bytes
     * @param count the maximum number of lines
     * @return no lines if the file is missing
     */
    public static List<String> lines(Path file, long end, int count) {
        if (count <= 0) {
            return List.of();
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long start = startOf(log, end, count);
            byte[] bytes = new byte[Math.toIntExact(end - start)];
            log.seek(start);
            log.readFully(bytes);
            return new String(bytes, UTF_8).lines().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The last lines that are not blank. */
    public static List<String> lastLines(Path file, int count) {
        return lines(file, length(file), count * 4).stream()
                .filter(line -> !line.isBlank())
                .reduce(List.<String>of(), (kept, line) -> append(kept, line, count), (a, b) -> b);
    }

    /** The size in bytes; 0 if the file is missing. */
    static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    private static List<String> append(List<String> kept, String line, int count) {
        List<String> all = new ArrayList<>(kept);
        all.add(line);
        return all.size() > count ? all.subList(1, all.size()) : all;
    }

    private static long startOf(RandomAccessFile log, long end, int count) throws IOException {
        // The line break at the end does not start another line.
        long at = end - 1;
        int found = 0;
        byte[] block = new byte[BLOCK];
        while (at > 0) {
            int length = (int) Math.min(BLOCK, at);
            log.seek(at - length);
            log.readFully(block, 0, length);
            for (int i = length - 1; i >= 0; i--) {
                if (block[i] == '\n' && ++found == count) {
                    return at - length + i + 1;
                }
            }
            at -= length;
        }
        return 0;
    }
}
