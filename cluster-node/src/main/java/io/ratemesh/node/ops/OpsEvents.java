package io.ratemesh.node.ops;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes events for operators on the event bus and writes each to this node's log. */
public final class OpsEvents {

    /** The event bus address of the events. */
    public static final String ADDRESS = "ops.event";

    private static final Logger LOG = LoggerFactory.getLogger(OpsEvents.class);

    private final Vertx vertx;
    private final String node;

    public OpsEvents(Vertx vertx, String node) {
        this.vertx = vertx;
        this.node = node;
    }

    /**
     * Publishes one event to every balancer and logs it.
     *
     * @param type a stable name, noun and past participle: {@code server-up}, {@code feed-failed}
     * @param subject the id of a node or server, or the name of a feed
     * @param detail one sentence for a person
     */
    public void publish(String type, String subject, String detail) {
        LOG.info("{} {}: {}", type, subject, detail);
        vertx.eventBus()
                .publish(
                        ADDRESS,
                        new JsonObject()
                                .put("at", Instant.now().toString())
                                .put("node", node)
                                .put("type", type)
                                .put("subject", subject)
                                .put("detail", detail));
    }
}
