package io.ratemesh.balancer.accesslog;

import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.upstream.LoopCounter;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.node.settings.AccessLogSettings.Format;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Formats and writes what all event loops hand over, on one thread. The thread looks for entries by itself, for waking it would cost
 * the loops more than handing over does.
 */
public final class AccessLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

    /** Entries of one loop that may wait: of 150,000 requests a second what comes in 100 ms. */
    private static final int ROOM = 16 * 1024;

    private static final int CHUNK = 32 * 1024;
    private static final long BUSY_NANOS = Duration.ofMillis(5).toNanos();
    private static final long IDLE_NANOS = Duration.ofMillis(40).toNanos();
    private static final int IDLE_AFTER = 100;
    private static final long TELL_NANOS = Duration.ofSeconds(10).toNanos();
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final LineFormat format;
    private final OutputStream out;
    private final int room;
    private final LongSupplier nanos;
    private final List<AccessLogWriter> lanes = new CopyOnWriteArrayList<>();
    private final LineBuffer lines = new LineBuffer();
    private final Thread writer = new Thread(this::run, "access-log");
    private final LoopCounter written = new LoopCounter();
    private final LoopCounter unwritten = new LoopCounter();
    private volatile boolean closed;
    private long inBuffer;
    private long told;
    private long toldNanos;
    private @Nullable IOException fault;

    /** Written until it is closed; {@code room} entries may wait in each lane. */
    AccessLog(LineFormat format, OutputStream out, int room, LongSupplier nanos) {
        this.format = format;
        this.out = out;
        this.room = room;
        this.nanos = nanos;
        this.toldNanos = nanos.getAsLong() - TELL_NANOS;
        writer.setDaemon(true);
        writer.start();
    }

    /** To standard output, among what else goes there. */
    public static AccessLog toStdout(Format format, String node) {
        return new AccessLog(format(format, node), new FileOutputStream(FileDescriptor.out), ROOM, System::nanoTime);
    }

    /**
     * To a file that is rotated. Opens it: not for an event loop.
     *
     * @param mostBytes in one file
     * @param kept files set aside, 0 or more
     * @throws IOException where it cannot be written
     */
    public static AccessLog toFile(Format format, String node, Path file, long mostBytes, int kept) throws IOException {
        return new AccessLog(format(format, node), new RotatingFile(file, mostBytes, kept), ROOM, System::nanoTime);
    }

    /**
     * A lane for one event loop.
     *
     * @param connections open at all addresses now, on all loops; asked by the writer
     */
    public AccessLogWriter lane(LongSupplier connections) {
        AccessLogWriter lane = new AccessLogWriter(connections, room);
        lanes.add(lane);
        return lane;
    }

    /** Lines written since the start. */
    public long written() {
        return written.get();
    }

    /** Requests that are not in the log: their lane was full, or the lines could not be written. */
    public long dropped() {
        return unwritten.get()
                + lanes.stream().mapToLong(AccessLogWriter::dropped).sum();
    }

    /** Writes what waits, for some seconds at most. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(writer);
        try {
            writer.join(LAST_WORDS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        for (int idle = 0; ; ) {
            boolean last = closed;
            idle = drain() ? 0 : idle + 1;
            tellOfDrops();
            if (last) {
                break;
            }
            LockSupport.parkNanos(this, idle < IDLE_AFTER ? BUSY_NANOS : IDLE_NANOS);
        }
        try {
            out.close();
        } catch (IOException e) {
            LOG.warn("the access log cannot be closed: {}", e.toString());
        }
    }

    /** Writes what there is; whether there was anything. */
    private boolean drain() {
        boolean any = false;
        for (AccessLogWriter lane : lanes) {
            long connections = -1;
            long atAddress = -1;
            LoggedListener counted = null;
            for (AccessEntry entry = lane.poll(); entry != null; entry = lane.poll()) {
                if (connections < 0) {
                    connections = lane.connections();
                }
                if (!entry.address().equals(counted)) {
                    counted = entry.address();
                    atAddress = counted.connections().getAsLong();
                }
                format.write(entry, around(entry, connections, atAddress), lines);
                inBuffer++;
                if (lines.length() >= CHUNK) {
                    flush();
                }
                any = true;
            }
        }
        if (inBuffer > 0) {
            flush();
        }
        return any;
    }

    private static ConcurrencySnapshot around(AccessEntry entry, long connections, long atAddress) {
        Pool pool = entry.pool();
        Upstream upstream = entry.upstream();
        long inPool = 0;
        if (pool != null) {
            for (Upstream each : pool.upstreams()) {
                inPool += each.requestsInFlight();
            }
        }
        return new ConcurrencySnapshot(
                Math.max(1, connections),
                Math.max(1, atAddress),
                inPool,
                upstream == null ? 0 : upstream.requestsInFlight());
    }

    private void flush() {
        try {
            lines.moveTo(out);
            written.add(inBuffer);
        } catch (IOException e) {
            unwritten.add(inBuffer);
            fault = e;
        }
        inBuffer = 0;
    }

    /** At once, then every ten seconds as long as it goes on. */
    private void tellOfDrops() {
        long now = nanos.getAsLong();
        long dropped = dropped();
        if (dropped > told && now - toldNanos >= TELL_NANOS) {
            LOG.warn(
                    "{} requests are missing in the access log: {}",
                    dropped - told,
                    fault == null ? "they ended faster than lines are written" : fault.toString());
            told = dropped;
            toldNanos = now;
            fault = null;
        }
    }

    private static LineFormat format(Format format, String node) {
        return switch (format) {
            case HTTPLOG ->
                new HttpLogFormat(hostName(), ProcessHandle.current().pid(), ZoneId.systemDefault());
            case JSON -> new JsonLineFormat(node);
        };
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
