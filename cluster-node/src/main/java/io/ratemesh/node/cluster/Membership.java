package io.ratemesh.node.cluster;

import io.ratemesh.node.NodeRole;
import java.util.UUID;
import java.util.function.Consumer;

/** Who is in the cluster. */
public interface Membership {

    /** This node's member. */
    String self();

    /** How many there are. */
    int size();

    /**
     * Whether this node is the oldest of its role, and so leads it. No lock is held that could stick: when the leader's
     * member leaves, the next oldest leads.
     */
    boolean leads(NodeRole role);

    /** Calls back with the member's id when one left; on a thread of Hazelcast's. */
    void onMemberLeft(Consumer<String> left);

    /** Of a node that is in no cluster. */
    static Membership alone() {
        String self = UUID.randomUUID().toString();
        return new Membership() {
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
                // Nobody else is there who could leave.
            }
        };
    }
}
