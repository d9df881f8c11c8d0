package io.ratemesh.balancer.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LeastConnectionsTest {

    private final LeastConnections algorithm = new LeastConnections();

    private record Server(String name, boolean available, int inFlight) implements Candidate {}

    @Test
    void chooses_the_one_with_the_fewest_requests_under_way() {
        List<Server> servers = List.of(new Server("a", true, 3), new Server("b", true, 1), new Server("c", true, 2));

        assertThat(algorithm.choose(servers, tried -> false))
                .extracting(Server::name)
                .isEqualTo("b");
    }

    @Test
    void equals_take_turns_so_that_none_is_always_first() {
        List<Server> servers = List.of(new Server("a", true, 0), new Server("b", true, 0), new Server("c", true, 0));

        assertThat(chosen(servers, 300)).containsExactlyInAnyOrderEntriesOf(Map.of("a", 100, "b", 100, "c", 100));
    }

    @Test
    void equals_take_turns_also_where_a_busier_one_stands_between_them() {
        List<Server> servers = List.of(new Server("a", true, 0), new Server("busy", true, 9), new Server("c", true, 0));

        assertThat(chosen(servers, 100)).containsExactlyInAnyOrderEntriesOf(Map.of("a", 50, "c", 50));
    }

    @Test
    void a_dead_server_is_not_chosen_although_it_has_nothing_under_way() {
        List<Server> servers = List.of(new Server("dead", false, 0), new Server("b", true, 5));

        assertThat(chosen(servers, 60)).containsOnlyKeys("b");
    }

    @Test
    void one_that_was_tried_is_not_chosen_again() {
        Server a = new Server("a", true, 0);
        Server b = new Server("b", true, 7);

        assertThat(algorithm.choose(List.of(a, b), a::equals)).isSameAs(b);
        assertThat(algorithm.choose(List.of(a), a::equals)).isNull();
        assertThat(algorithm.choose(List.<Server>of(), tried -> false)).isNull();
    }

    @Test
    void an_index_left_pointing_past_a_shrunken_list_still_finds_everyone() {
        List<Server> five = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            five.add(new Server("s" + i, true, 0));
        }
        chosen(five, 5);

        assertThat(chosen(five.subList(0, 2), 10)).containsExactlyInAnyOrderEntriesOf(Map.of("s0", 5, "s1", 5));
    }

    private Map<String, Integer> chosen(List<Server> servers, int times) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < times; i++) {
            Server server = algorithm.choose(servers, tried -> false);
            counts.merge(server == null ? "none" : server.name(), 1, Integer::sum);
        }
        return counts;
    }
}
