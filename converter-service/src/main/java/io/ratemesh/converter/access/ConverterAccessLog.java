package io.ratemesh.converter.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes entries on a thread of its own. Where they come faster than they are written they are dropped and counted: no
 * request waits for its line.
 */
public final class ConverterAccessLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConverterAccessLog.class);

    /** Entries that may wait: a tenth of a second of a busy node, 2 MB at most. */
    private static final int WAITING = 4096;

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final String STDOUT = "stdout";

    private final String node;
    private final OutputStream out;
    private final BlockingQueue<ConverterAccessEntry> waiting;
    private final AtomicLong dropped = new AtomicLong();
    private final Thread writer = new Thread(this::write, "access-log");
    private volatile boolean closed;

    /**
     * A log that is written until it is closed.
     *
     * @param most entries that may wait
     */
    ConverterAccessLog(String node, OutputStream out, int most) {
        this.node = node;
        this.out = new BufferedOutputStream(out, BUFFER_BYTES);
        this.waiting = new ArrayBlockingQueue<>(most);
        writer.setDaemon(true);
        writer.start();
    }

    /**
     * Opens it.
     *
     * @param where {@code stdout}, or the path of a file that is added to
     * @throws IOException where the file cannot be written
     */
    public static ConverterAccessLog open(String node, String where) throws IOException {
        OutputStream out =
                STDOUT.equals(where) ? new FileOutputStream(FileDescriptor.out) : new FileOutputStream(where, true);
        return new ConverterAccessLog(node, out, WAITING);
    }

    /** Entries that are not in the log: there was no room for them to wait, or they could not be written. */
    public long dropped() {
        return dropped.get();
    }

    /** Adds an entry, or drops it; never waits. */
    void add(ConverterAccessEntry entry) {
        if (closed || !waiting.offer(entry)) {
            dropped.incrementAndGet();
        }
    }

    /** Writes what waits, for some seconds at most. */
    @Override
    public void close() {
        closed = true;
        writer.interrupt();
        try {
            writer.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        boolean told = false;
        while (!closed || !waiting.isEmpty()) {
            try {
                ConverterAccessEntry entry = closed ? waiting.poll() : waiting.take();
                if (entry != null) {
                    out.write(entry.line(node).getBytes(UTF_8));
                }
                if (waiting.isEmpty()) {
                    out.flush();
                }
            } catch (InterruptedException e) {
                // Closed: what waits is written yet.
            } catch (IOException e) {
                dropped.incrementAndGet();
                if (!told) {
                    told = true;
                    LOG.warn("the access log cannot be written, entries are dropped: {}", e.toString());
                }
            }
        }
    }
}
