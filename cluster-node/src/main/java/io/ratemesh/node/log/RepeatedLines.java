package io.ratemesh.node.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Drops lines of one logger that are the same as one of the last minute. Vert.x logs a stack trace for each message that it cannot
 * deliver to another node, such as one with a certificate of another CA; the line names the node.
 */
final class RepeatedLines extends Filter<ILoggingEvent> {

    private static final long INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

    /** Remembered lines. Of a larger cluster that is unreachable, some lines come again sooner. */
    private static final int MAX_LINES = 100;

    private final String logger;
    private final LongSupplier nanos;

    private final Map<String, Long> loggedAt = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_LINES;
        }
    };

    /**
     * A filter.
     *
     * @param logger the name of the logger
     * @param nanos the clock, as {@link System#nanoTime}
     */
    RepeatedLines(String logger, LongSupplier nanos) {
        this.logger = logger;
        this.nanos = nanos;
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
        return event.getLoggerName().equals(logger) && isRepeated(event.getFormattedMessage())
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }

    private synchronized boolean isRepeated(String line) {
        long now = nanos.getAsLong();
        Long before = loggedAt.get(line);
        if (before != null && now - before < INTERVAL_NANOS) {
            return true;
        }
        // Removed first, so that the eldest entry is the one logged first.
        loggedAt.remove(line);
        loggedAt.put(line, now);
        return false;
    }
}
