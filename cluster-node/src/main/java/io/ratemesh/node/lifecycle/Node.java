package io.ratemesh.node.lifecycle;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.ratemesh.node.NodeRole;
import io.ratemesh.node.announce.Announcer;
import io.ratemesh.node.announce.NodeDirectory;
import io.ratemesh.node.cluster.ClusterMembership;
import io.ratemesh.node.http.NodeHealth;
import io.ratemesh.node.ops.OpsEvents;
import io.ratemesh.node.settings.Settings;
import io.vertx.core.Vertx;

/**
 * A node that has joined the cluster, as its service uses it.
 *
 * @param id unique in the cluster
 * @param role of the node
 * @param address the numeric address of its HTTP
 * @param vertx clustered, unless the node runs alone
 * @param settings at the start
 * @param reload of the settings
 * @param membership of the Hazelcast cluster
 * @param directory of the other nodes
 * @param announcer of this node
 * @param health checks
 * @param ops publishes events for operators
 * @param meters its metrics
 */
public record Node(
        String id,
        NodeRole role,
        String address,
        Vertx vertx,
        Settings settings,
        Reload reload,
        ClusterMembership membership,
        NodeDirectory directory,
        Announcer announcer,
        NodeHealth health,
        OpsEvents ops,
        PrometheusMeterRegistry meters) {

    /** The same node with other metrics, for a part of it that operators do not see. */
    public Node withMeters(PrometheusMeterRegistry others) {
        return new Node(
                id, role, address, vertx, settings, reload, membership, directory, announcer, health, ops, others);
    }
}
