package io.ratemesh.node.cluster;

import io.ratemesh.node.NodeRole;
import java.util.UUID;
import java.util.function.Consumer;

/** The members of the cluster. */
public interface ClusterMembership {

    /** The id of this node's member. */
    String self();

    /** The number of members. */
    int size();

    /**
     * Whether this node is the oldest member with the role and so leads it. There is no lock: when the leader leaves, the next
     * oldest leads.
     */
    boolean leads(NodeRole role);

    /** Calls {@code left} with the id of each member that leaves, on a Hazelcast thread. */
    void onMemberLeft(Consumer<String> left);

    /** To be called before this node leaves: from now on it opens no connection to other nodes. */
    void prepareToLeave();

    /** Registers the subscriptions of this node in the cluster again. */
    void renewSubscriptions();

    /** The membership of a node without a cluster. */
    static ClusterMembership alone() {
        String self = UUID.randomUUID().toString();
        return new ClusterMembership() {
            @Override
            public String self() {
                return self;
            }

            @Override
            public int size() {
                return 1;
            }

            @Override
            public boolean leads(NodeRole role) {
                return true;
            }

            @Override
            public void onMemberLeft(Consumer<String> left) {
                // There is no other member.
            }

            @Override
            public void renewSubscriptions() {
                // They are known to this node alone.
            }

            @Override
            public void prepareToLeave() {
                // There is no connection to other nodes.
            }
        };
    }
}
