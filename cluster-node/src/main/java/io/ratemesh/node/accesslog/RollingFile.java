package io.ratemesh.node.accesslog;

import ch.qos.logback.core.Context;
import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.encoder.EchoEncoder;
import ch.qos.logback.core.recovery.RecoveryListener;
import ch.qos.logback.core.recovery.ResilientOutputStreamBase;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.TriggeringPolicyBase;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.util.FileSize;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that Logback rotates by size: {@code access.log} becomes {@code access.log.1}, that becomes {@code access.log.2}, and so on. A
 * write is never split over two files. If a rotation fails, writing goes on in the same file. One thread uses it.
 */
final class RollingFile extends OutputStream {

    private static final Logger LOG = LoggerFactory.getLogger(RollingFile.class);
    /** Each write goes to the file at once. */
    private static final FileSize UNBUFFERED = new FileSize(1);

    private static final long WARN_NANOS = Duration.ofSeconds(10).toNanos();

    private final Path file;
    private final BytesAppender appender = new BytesAppender();
    private long warnedAtNanos = System.nanoTime() - WARN_NANOS;

    /**
     * Opens the file to append to it.
     *
     * @param maxBytes of the file, unless a single write is larger
     * @param backups number of older files to keep, at least 1
     * @throws IOException if it cannot be written, or its path contains a percent sign
     */
    RollingFile(Path file, long maxBytes, int backups) throws IOException {
        if (file.toString().contains("%")) {
            throw new IOException("the path contains %, which Logback would expand");
        }
        this.file = file;
        Context context = new ContextBase();
        context.getStatusManager().add(this::report);
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setBufferSize(UNBUFFERED);
        appender.setEncoder(new EchoEncoder<>());
        appender.setTriggeringPolicy(new MaxBytes(maxBytes));
        FixedWindowRollingPolicy policy = new FixedWindowRollingPolicy();
        policy.setContext(context);
        policy.setParent(appender);
        policy.setFileNamePattern(file + ".%i");
        policy.setMaxIndex(backups);
        policy.start();
        appender.setRollingPolicy(policy);
        appender.openFile(file.toString());
        appender.start();
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    /** Writes the bytes, or throws and drops them. The write after a failure opens the file again, because a full disk may have room by then. */
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (appender.failure != null) {
            appender.openFile(file.toString());
        }
        appender.doAppend(ByteBuffer.wrap(bytes, offset, length));
        IOException failure = appender.failure;
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {
        appender.stop();
    }

    /** Logs failed rotations. Failed writes are reported by who counts the lines. */
    private void report(Status status) {
        boolean failedWrite = status.getOrigin() instanceof ResilientOutputStreamBase;
        if (status.getLevel() >= Status.WARN && !failedWrite && System.nanoTime() - warnedAtNanos >= WARN_NANOS) {
            warnedAtNanos = System.nanoTime();
            LOG.warn("{}", status.getMessage(), status.getThrowable());
        }
    }

    /** Starts a new file before a write that would exceed the maximum. */
    private static final class MaxBytes extends TriggeringPolicyBase<ByteBuffer> {

        private final long maxBytes;

        MaxBytes(long maxBytes) {
            this.maxBytes = maxBytes;
            start();
        }

        @Override
        public boolean isTriggeringEvent(File activeFile, ByteBuffer bytes) {
            long length = activeFile.length();
            return length > 0 && length + bytes.remaining() > maxBytes;
        }
    }

    /** Writes bytes without an encoder, and keeps the failure of the last write. */
    private static final class BytesAppender extends RollingFileAppender<ByteBuffer> implements RecoveryListener {

        private @Nullable IOException failure;

        @Override
        public void openFile(String name) throws IOException {
            super.openFile(name);
            ((ResilientOutputStreamBase) getOutputStream()).addRecoveryListener(this);
            failure = null;
        }

        @Override
        protected void writeOut(ByteBuffer bytes) throws IOException {
            OutputStream out = getOutputStream();
            if (out == null) {
                failure = new IOException(getFile() + " cannot be opened");
            } else {
                out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            }
        }

        @Override
        public void newFailure(IOException cause) {
            failure = cause;
        }

        @Override
        public void recoveryOccured() {
            // The file is opened again instead.
        }
    }
}
