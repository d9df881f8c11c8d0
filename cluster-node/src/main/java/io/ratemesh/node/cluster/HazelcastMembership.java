package io.ratemesh.node.cluster;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import io.ratemesh.node.NodeRole;
import io.ratemesh.node.address.IpAddresses;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The members of the Hazelcast cluster. Every member sees them in the same order, the oldest first. Vert.x owns the node
 * listener of the cluster manager, so this class listens to Hazelcast itself.
 */
public final class HazelcastMembership implements ClusterMembership {

    private final Cluster cluster;
    private final HazelcastClustering manager;

    public HazelcastMembership(HazelcastClustering manager) {
        this.manager = manager;
        this.cluster = manager.getHazelcastInstance().getCluster();
    }

    @Override
    public String self() {
        return cluster.getLocalMember().getUuid().toString();
    }

    @Override
    public int size() {
        return cluster.getMembers().size();
    }

    @Override
    public boolean leads(NodeRole role) {
        List<MemberView> oldestFirst =
                cluster.getMembers().stream().map(HazelcastMembership::view).toList();
        return oldest(oldestFirst, role).filter(self()::equals).isPresent();
    }

    /** The address of an older member whose event bus has TLS while that of this one has not, or the other way round. */
    public Optional<String> olderWithOtherBus() {
        String own = cluster.getLocalMember().getAttribute(HazelcastSetup.BUS_ATTRIBUTE);
        return cluster.getMembers().stream()
                .takeWhile(member -> !member.localMember())
                .filter(member -> !Objects.equals(member.getAttribute(HazelcastSetup.BUS_ATTRIBUTE), own))
                .findFirst()
                .map(member -> IpAddresses.withPort(
                        member.getAddress().getHost(), member.getAddress().getPort()));
    }

    @Override
    public void onMemberLeft(Consumer<String> left) {
        cluster.addMembershipListener(new MembershipListener() {
            @Override
            public void memberAdded(MembershipEvent event) {
                // New nodes announce themselves.
            }

            @Override
            public void memberRemoved(MembershipEvent event) {
                left.accept(event.getMember().getUuid().toString());
            }
        });
    }

    @Override
    public void prepareToLeave() {
        manager.prepareToLeave();
    }

    @Override
    public void renewSubscriptions() {
        manager.renewSubscriptions();
    }

    /** The part of a member that decides who leads. */
    record MemberView(String id, String role) {}

    /** The oldest member with the role. */
    static Optional<String> oldest(Collection<MemberView> oldestFirst, NodeRole role) {
        return oldestFirst.stream()
                .filter(member -> member.role().equals(role.word()))
                .findFirst()
                .map(MemberView::id);
    }

    private static MemberView view(Member member) {
        String role = member.getAttribute(HazelcastSetup.ROLE_ATTRIBUTE);
        return new MemberView(member.getUuid().toString(), role == null ? "" : role);
    }
}
