package io.ratemesh.balancer.accesslog;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that is set aside as {@code .1} when it is as large as it may be, the one before as {@code .2}, and so on up to the last,
 * which goes. A write is never split over two files. One thread uses it.
 */
final class RotatingFile extends OutputStream {

    private final Path file;
    private final long most;
    private final int kept;
    private @Nullable OutputStream out;
    private long size;

    /**
     * Opens it, to be added to.
     *
     * @param most octets in a file, as far as one write does not take more
     * @param kept files beside the one that is written, 0 or more
     * @throws IOException where it cannot be written
     */
    RotatingFile(Path file, long most, int kept) throws IOException {
        this.file = file;
        this.most = most;
        this.kept = kept;
        open();
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int from, int count) throws IOException {
        if (out == null || (size > 0 && size + count > most)) {
            close();
            rotateIfFull(count);
        }
        OutputStream current = open();
        try {
            current.write(octets, from, count);
            size += count;
        } catch (IOException e) {
            // The next write opens it anew: a disk that was full may have room by then.
            close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            OutputStream closing = out;
            out = null;
            closing.close();
        }
    }

    private OutputStream open() throws IOException {
        if (out == null) {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            size = Files.size(file);
        }
        return out;
    }

    private void rotateIfFull(int coming) throws IOException {
        if (Files.notExists(file) || Files.size(file) == 0 || Files.size(file) + coming <= most) {
            return;
        }
        if (kept == 0) {
            Files.delete(file);
            return;
        }
        for (int i = kept; i > 1; i--) {
            Path older = numbered(i - 1);
            if (Files.exists(older)) {
                Files.move(older, numbered(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(file, numbered(1), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path numbered(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }
}
