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
 * Configures Logback in code, which is faster at start than XML. Logback finds it by its service loader before the first line
 * is logged; {@link #apply} applies the settings once they are read.
 */
public final class LogConfigurator extends ContextAwareBase implements Configurator {

    /** One line per event: line breaks in the message and in the exception become {@code |}. */
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSX,UTC} %-5level %logger{0} - "
            + "%replace(%replace(%msg%n%ex{3}){'[\\r\\n]+$', ''}){'[\\r\\n]+\\t?', ' | '}%nopex%n";

    /** The logger of undeliverable messages between nodes. */
    static final String EVENT_BUS = "io.vertx.core.eventbus.impl.clustered.ClusteredEventBus";

    private static final LogSettings BEFORE_SETTINGS = new LogSettings(false, "INFO");

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        apply(context, BEFORE_SETTINGS);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Applies the settings to all loggers. */
    public static void apply(LogSettings settings) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            apply(context, settings);
        }
    }

    private static void apply(LoggerContext context, LogSettings settings) {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(settings.json() ? json(context) : text(context));
        console.addFilter(new RepeatedLines(EVENT_BUS, System::nanoTime));
        console.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(console);
        root.setLevel(Level.toLevel(settings.level()));
        // Hazelcast logs every port that it tries; NodeStart and NodeDirectory log what operators need.
        context.getLogger("com.hazelcast").setLevel(Level.ERROR);
        // Vert.x warns about messages that arrive while their consumer closes, which happens whenever a node stops.
        context.getLogger("io.vertx.core.eventbus.impl.MessageConsumerImpl").setLevel(Level.ERROR);
        // Vert.x registers its gauge of event-bus handlers twice, so Micrometer warns at every start.
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
