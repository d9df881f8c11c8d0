package io.ratemesh.node.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.ratemesh.node.settings.LogSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets Logback up in code: found by its service loader before the first line is logged, and told of the settings once
 * they are read. No XML is parsed at the start.
 */
public final class LogConfigurator extends ContextAwareBase implements Configurator {

    /**
     * One line an event: the line ends within a message, after it and within its exception are folded alike, those at the end
     * dropped. Of an exception the first lines are enough.
     */
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSX,UTC} %-5level %logger{0} - "
            + "%replace(%replace(%msg%n%ex{3}){'[\\r\\n]+$', ''}){'[\\r\\n]+\\t?', ' | '}%nopex%n";

    private static final LogSettings BEFORE_SETTINGS = new LogSettings(false, "INFO");

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        apply(context, BEFORE_SETTINGS);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Writes the log as the settings say from now on. */
    public static void apply(LogSettings settings) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            apply(context, settings);
        }
    }

    private static void apply(LoggerContext context, LogSettings settings) {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(settings.json() ? json(context) : text(context));
        console.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(console);
        root.setLevel(Level.toLevel(settings.level()));
        // Hazelcast tells of every port it tries and every member it meets; what matters we say ourselves.
        context.getLogger("com.hazelcast").setLevel(Level.ERROR);
        // A message that comes as its consumer is closed has nobody to concern any more: so ends each node that leaves.
        context.getLogger("io.vertx.core.eventbus.impl.MessageConsumerImpl").setLevel(Level.ERROR);
        // Vert.x registers its gauge of event-bus handlers twice, and Micrometer warns of it at every start.
        context.getLogger("io.micrometer").setLevel(Level.ERROR);
    }

    static EncoderBase<ILoggingEvent> text(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }

    private static EncoderBase<ILoggingEvent> json(LoggerContext context) {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithContext(false);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithFormattedMessage(true);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.start();
        return encoder;
    }
}
