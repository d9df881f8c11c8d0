package io.ratemesh.node.ops;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells operators what happened: logged here, and published for every balancer to show. */
public final class OpsEvents {

    /** Where events for operators go. */
    public static final String ADDRESS = "ops.event";

    private static final Logger LOG = LoggerFactory.getLogger(OpsEvents.class);

    private final Vertx vertx;
    private final String node;

    public OpsEvents(Vertx vertx, String node) {
        this.vertx = vertx;
        this.node = node;
    }

    /**
     * Logs an event and publishes it to every balancer.
     *
     * @param type a stable word, as {@code node-up} or {@code feed-failed}
     * @param subject what it is about: a node's id, a feed's name
     * @param detail one sentence for a person
     */
    public void tell(String type, String subject, String detail) {
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
