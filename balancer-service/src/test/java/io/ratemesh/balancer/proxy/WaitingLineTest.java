package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingLineTest {

    private final WaitingLine line = new WaitingLine(2, Duration.ofNanos(100));
    private final List<String> happened = new ArrayList<>();
    private int upstreams;

    private final class Client implements WaitingLine.Waiting {
        private final String name;
        private boolean here = true;

        private Client(String name) {
            this.name = name;
        }

        @Override
        public boolean waits() {
            return here;
        }

        @Override
        public boolean served() {
            if (upstreams == 0) {
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

        line.advance(10);
        assertThat(happened).isEmpty();

        upstreams = 1;
        line.advance(20);
        assertThat(happened).containsExactly("a served");

        upstreams = 1;
        line.advance(30);
        assertThat(happened).containsExactly("a served", "b served");
        assertThat(line.length()).isZero();
    }

    @Test
    void who_waited_long_enough_is_refused() {
        line.join(new Client("a"), 0);
        line.join(new Client("b"), 50);

        line.advance(99);
        line.advance(100);
        assertThat(happened).containsExactly("a refused");

        line.advance(150);
        assertThat(happened).containsExactly("a refused", "b refused");
    }

    @Test
    void the_line_is_no_longer_than_its_limit() {
        assertThat(line.join(new Client("a"), 0)).isTrue();
        assertThat(line.join(new Client("b"), 0)).isTrue();
        assertThat(line.join(new Client("c"), 0)).isFalse();
    }

    @Test
    void who_left_is_forgotten() {
        Client gone = new Client("a");
        line.join(gone, 0);
        gone.here = false;
        upstreams = 1;

        line.advance(10);

        assertThat(happened).isEmpty();
        assertThat(line.length()).isZero();
    }
}
