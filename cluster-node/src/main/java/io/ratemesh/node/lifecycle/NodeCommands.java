package io.ratemesh.node.lifecycle;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commands of operators to a node: {@code {"command": …}} on the address {@code node.command.<id>}. */
public final class NodeCommands {

    private static final String ADDRESS = "node.command.";
    private static final String COMMAND = "command";
    private static final int UNKNOWN_COMMAND = 400;
    private static final long TIMEOUT_MILLIS = 2000;
    private static final Logger LOG = LoggerFactory.getLogger(NodeCommands.class);

    private NodeCommands() {}

    /** The commands. */
    public enum Command {
        /** Accept no new requests, and keep running. */
        DRAIN,
        /** Accept requests again. */
        UNDRAIN,
        /** Drain, then stop the process. */
        EXIT
    }

    /** Starts to execute commands. */
    static void register(Node node, Runnable exit) {
        DrainSwitch drain = new DrainSwitch(node.announcer());
        node.vertx().eventBus().<JsonObject>consumer(ADDRESS + node.id(), message -> {
            String word = message.body().getString(COMMAND, "");
            LOG.info("command: {}", word);
            switch (word) {
                case "drain" -> drain.drain();
                case "undrain" -> drain.undrain();
                case "exit" -> exit.run();
                default -> {
                    message.fail(
                            UNKNOWN_COMMAND,
                            "command: \"" + word + "\" is not a known command; use drain, undrain or exit");
                    return;
                }
            }
            message.reply(new JsonObject().put("ok", true));
        });
    }

    /** Sends a command to a node. Fails without a reply within two seconds. */
    public static Future<Void> send(Vertx vertx, String node, Command command) {
        return vertx.eventBus()
                .request(
                        ADDRESS + node,
                        new JsonObject().put(COMMAND, command.name().toLowerCase(Locale.ROOT)),
                        new DeliveryOptions().setSendTimeout(TIMEOUT_MILLIS))
                .mapEmpty();
    }
}
