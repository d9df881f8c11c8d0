package io.ratemesh.node.accesslog;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Formats and writes the entries of all queues on one thread. The thread polls the queues, because waking it would cost the event loops
 * more than adding an entry does.
 *
 * @param <E> the type of the entries
 */
public final class AccessLog<E> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

    private static final int CHUNK_BYTES = 32 * 1024;
    private static final long BUSY_NANOS = Duration.ofMillis(5).toNanos();
    private static final long IDLE_NANOS = Duration.ofMillis(40).toNanos();
    private static final int IDLE_POLLS = 100;
    private static final long REPORT_NANOS = Duration.ofSeconds(10).toNanos();
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final LineFormat<E> format;
    private final OutputStream out;
    private final int capacity;
    private final LongSupplier nanos;
    private final List<AccessLogQueue<E>> queues = new CopyOnWriteArrayList<>();
    private final LineBuffer lines = new LineBuffer();
    private final Thread writer = new Thread(this::run, "access-log");
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean closed;
    private long buffered;
    private long reported;
    private long reportedAtNanos;
    private @Nullable IOException failure;

    /**
     * Starts to write.
     *
     * @param capacity of each queue, in entries; a power of two
     */
    public AccessLog(LineFormat<E> format, OutputStream out, int capacity, LongSupplier nanos) {
        this.format = format;
        this.out = out;
        this.capacity = capacity;
        this.nanos = nanos;
        this.reportedAtNanos = nanos.getAsLong() - REPORT_NANOS;
        writer.setDaemon(true);
        writer.start();
    }

    /** Writes to standard output. */
    public static <E> AccessLog<E> toStdout(LineFormat<E> format, int capacity) {
        return new AccessLog<>(format, new FileOutputStream(FileDescriptor.out), capacity, System::nanoTime);
    }

    /**
     * Appends to a file, which several nodes may share. Opens it: not for an event loop.
     *
     * @throws IOException if it cannot be written
     */
    public static <E> AccessLog<E> toFile(LineFormat<E> format, int capacity, Path file) throws IOException {
        return new AccessLog<>(format, new FileOutputStream(file.toFile(), true), capacity, System::nanoTime);
    }

    /**
     * Appends to a file that is rotated by size. Opens it: not for an event loop.
     *
     * @param maxBytes of the file
     * @param backups number of older files to keep, at least 1
     * @throws IOException if it cannot be written
     */
    public static <E> AccessLog<E> toRollingFile(
            LineFormat<E> format, int capacity, Path file, long maxBytes, int backups) throws IOException {
        return new AccessLog<>(format, new RollingFile(file, maxBytes, backups), capacity, System::nanoTime);
    }

    /** Adds the queue of one event loop. */
    public AccessLogQueue<E> newQueue() {
        AccessLogQueue<E> queue = new AccessLogQueue<>(capacity);
        queues.add(queue);
        return queue;
    }

    /** Lines written since the start. */
    public long written() {
        return written.get();
    }

    /** Entries that are missing in the log: their queue was full, or writing failed. */
    public long dropped() {
        return failed.get() + queues.stream().mapToLong(AccessLogQueue::dropped).sum();
    }

    /** Writes what is queued, for two seconds at most. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(writer);
        try {
            writer.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        for (int idlePolls = 0; ; ) {
            boolean last = closed;
            idlePolls = drain() ? 0 : idlePolls + 1;
            reportDropped();
            if (last) {
                break;
            }
            LockSupport.parkNanos(this, idlePolls < IDLE_POLLS ? BUSY_NANOS : IDLE_NANOS);
        }
        try {
            out.close();
        } catch (IOException e) {
            LOG.warn("the access log cannot be closed: {}", e.toString());
        }
    }

    /** Writes what is queued, and returns whether that was anything. */
    private boolean drain() {
        boolean any = false;
        for (AccessLogQueue<E> queue : queues) {
            format.startBatch();
            for (E entry = queue.poll(); entry != null; entry = queue.poll()) {
                format.write(entry, lines);
                buffered++;
                if (lines.length() >= CHUNK_BYTES) {
                    flush();
                }
                any = true;
            }
        }
        if (buffered > 0) {
            flush();
        }
        return any;
    }

    private void flush() {
        try {
            lines.moveTo(out);
            written.addAndGet(buffered);
        } catch (IOException e) {
            failed.addAndGet(buffered);
            failure = e;
        }
        buffered = 0;
    }

    /** Logs the number of missing entries when it grows, at most every ten seconds. */
    private void reportDropped() {
        long now = nanos.getAsLong();
        long dropped = dropped();
        if (dropped > reported && now - reportedAtNanos >= REPORT_NANOS) {
            LOG.warn(
                    "{} requests are missing in the access log: {}",
                    dropped - reported,
                    failure == null ? "requests ended faster than lines are written" : failure.toString());
            reported = dropped;
            reportedAtNanos = now;
            failure = null;
        }
    }
}
