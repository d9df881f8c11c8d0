package io.ratemesh.balancer.loadbalance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestQueueTest {

    private final List<String> happened = new ArrayList<>();
    private int upstreams;
    private int places = 2;
    private final RequestQueue line = new RequestQueue(() -> places == 0, () -> 100, () -> upstreams > 0);

    private final class Client implements RequestQueue.Waiting {
        private final String name;
        private boolean here = true;
        private boolean picky;

        private Client(String name) {
            this.name = name;
        }

        @Override
        public boolean waits() {
            return here;
        }

        @Override
        public boolean served() {
            if (upstreams == 0 || picky) {
                return false;
            }
            upstreams--;
            happened.add(name + " served");
            return true;
        }

        @Override
        public void refused() {
            happened.add(name + " refused");
        }
    }

    @Test
    void who_came_first_is_served_first_once_there_is_an_upstream() {
        line.join(new Client("a"), 0);
        line.join(new Client("b"), 0);

        line.advance();
        assertThat(happened).isEmpty();

        upstreams = 1;
        line.advance();
        assertThat(happened).containsExactly("a served");

        upstreams = 1;
        line.advance();
        assertThat(happened).containsExactly("a served", "b served");
        assertThat(line.length()).isZero();
        assertThat(line.longest()).isEqualTo(2);
    }

    @Test
    void who_waited_long_enough_is_refused() {
        line.join(new Client("a"), 0);
        line.join(new Client("b"), 50);

        line.sweep(99);
        line.sweep(100);
        assertThat(happened).containsExactly("a refused");

        line.sweep(150);
        assertThat(happened).containsExactly("a refused", "b refused");
    }

    @Test
    void a_full_line_takes_nobody() {
        assertThat(line.join(new Client("a"), 0)).isTrue();
        places = 0;
        assertThat(line.join(new Client("b"), 0)).isFalse();
    }

    @Test
    void who_left_is_forgotten() {
        Client gone = new Client("a");
        line.join(gone, 0);
        gone.here = false;

        line.sweep(10);

        assertThat(happened).isEmpty();
        assertThat(line.length()).isZero();
    }

    @Test
    void who_has_tried_all_that_have_room_is_passed_over_and_keeps_its_place() {
        Client picky = new Client("picky");
        picky.picky = true;
        line.join(picky, 0);
        line.join(new Client("b"), 0);
        line.join(new Client("c"), 0);
        upstreams = 1;
        line.advance();
        assertThat(happened).containsExactly("b served");

        picky.picky = false;
        upstreams = 2;
        line.advance();
        assertThat(happened).containsExactly("b served", "picky served", "c served");
    }

    @Test
    void a_place_that_serving_one_frees_is_given_to_the_next() {
        line.join(
                new RequestQueue.Waiting() {
                    @Override
                    public boolean waits() {
                        return true;
                    }

                    @Override
                    public boolean served() {
                        happened.add("a served and over");
                        line.advance();
                        return true;
                    }

                    @Override
                    public void refused() {
                        happened.add("a refused");
                    }
                },
                0);
        line.join(new Client("b"), 0);
        upstreams = 1;

        line.advance();

        assertThat(happened).containsExactly("a served and over", "b served");
    }
}
