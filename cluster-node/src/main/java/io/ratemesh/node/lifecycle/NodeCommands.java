package io.ratemesh.node.lifecycle;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node does when an operator steers it: {@code node.command.<id>} with {@code {"command": …}}. */
public final class NodeCommands {

    private static final String ADDRESS = "node.command.";
    private static final String COMMAND = "command";
    private static final int UNKNOWN_COMMAND = 400;
    private static final long TIMEOUT_MILLIS = 2000;
    private static final Logger LOG = LoggerFactory.getLogger(NodeCommands.class);

    private NodeCommands() {}

    /** The commands a node takes. */
    public enum Command {
        /** Take no new requests; stay. */
        DRAIN,
        /** Take requests again. */
        UNDRAIN,
        /** Drain, then end the process. */
        EXIT
    }

    /** Obeys commands from now on. */
    static void obey(Node node, Runnable exit) {
        DrainSwitch drain = new DrainSwitch(node.announcer());
        node.vertx().eventBus().<JsonObject>consumer(ADDRESS + node.id(), message -> {
            String word = message.body().getString(COMMAND, "");
            LOG.info("command: {}", word);
            switch (word) {
                case "drain" -> drain.on();
                case "undrain" -> drain.off();
                case "exit" -> exit.run();
                default -> {
                    message.fail(UNKNOWN_COMMAND, "command: " + word + " (expected: drain, undrain or exit)");
                    return;
                }
            }
            message.reply(new JsonObject().put("ok", true));
        });
    }

    /** Sends a command to a node; fails if it does not answer within two seconds. */
    public static Future<Void> send(Vertx vertx, String node, Command command) {
        return vertx.eventBus()
                .request(
                        ADDRESS + node,
                        new JsonObject().put(COMMAND, command.name().toLowerCase(Locale.ROOT)),
                        new DeliveryOptions().setSendTimeout(TIMEOUT_MILLIS))
                .mapEmpty();
    }
}
