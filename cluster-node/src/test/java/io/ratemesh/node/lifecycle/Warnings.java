package io.ratemesh.node.lifecycle;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What anybody in this JVM logs at WARN or above, for a while. */
final class Warnings implements AutoCloseable {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();

    private Warnings() {
        events.list = new CopyOnWriteArrayList<>();
        events.setContext(root.getLoggerContext());
        events.start();
        root.addAppender(events);
    }

    /** Listens from now on. */
    static Warnings begin() {
        return new Warnings();
    }

    /** What was logged, oldest first. */
    List<String> seen() {
        return events.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(ILoggingEvent::toString)
                .toList();
    }

    @Override
    public void close() {
        root.detachAppender(events);
    }
}
