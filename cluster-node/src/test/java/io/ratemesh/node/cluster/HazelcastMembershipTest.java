package io.ratemesh.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.node.NodeRole;
import io.ratemesh.node.cluster.HazelcastMembership.MemberView;
import java.util.List;
import org.junit.jupiter.api.Test;

class HazelcastMembershipTest {

    @Test
    void the_oldest_of_a_role_leads_whoever_else_is_older() {
        List<MemberView> members = List.of(
                new MemberView("a", "balancer"),
                new MemberView("b", "rates"),
                new MemberView("c", "rates"),
                new MemberView("d", "converter"));

        assertThat(HazelcastMembership.oldest(members, NodeRole.RATES)).contains("b");
        assertThat(HazelcastMembership.oldest(members.subList(2, 4), NodeRole.RATES))
                .contains("c");
    }

    @Test
    void a_role_that_is_not_there_has_no_leader() {
        assertThat(HazelcastMembership.oldest(List.of(new MemberView("a", "")), NodeRole.RATES))
                .isEmpty();
        assertThat(HazelcastMembership.oldest(List.of(), NodeRole.RATES)).isEmpty();
    }
}
