package io.ratemesh.node.lifecycle;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.ratemesh.node.NodeRole;
import io.ratemesh.node.announce.Announcer;
import io.ratemesh.node.announce.NodeDirectory;
import io.ratemesh.node.cluster.Membership;
import io.ratemesh.node.http.NodeHealth;
import io.ratemesh.node.ops.OpsEvents;
import io.ratemesh.node.settings.Settings;
import io.vertx.core.Vertx;

/**
 * A JVM that has joined the cluster: what its service works with.
 *
 * @param id its name on the cluster
 * @param role what it does
 * @param address the one address its HTTP listens on, as digits
 * @param vertx clustered
 * @param settings what it was told when it started
 * @param reload reads that again
 * @param membership who is in the Hazelcast cluster
 * @param directory who announces itself
 * @param announcer what it says of itself
 * @param health what it answers when asked how it is
 * @param ops where it tells operators what happened
 * @param meters where its metrics are
 */
public record Node(
        String id,
        NodeRole role,
        String address,
        Vertx vertx,
        Settings settings,
        Reload reload,
        Membership membership,
        NodeDirectory directory,
        Announcer announcer,
        NodeHealth health,
        OpsEvents ops,
        PrometheusMeterRegistry meters) {}
