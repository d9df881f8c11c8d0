package io.ratemesh.balancer.loadbalance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestQueueTest {

    private final List<String> happened = new ArrayList<>();
    private int upstreams;
    private int places = 2;
    private final RequestQueue queue = new RequestQueue(() -> places == 0, () -> 100, () -> upstreams > 0);

    private final class Client implements RequestQueue.QueuedRequest {
        private final String name;
        private boolean waiting = true;
        private boolean picky;

        private Client(String name) {
            this.name = name;
        }

        @Override
        public boolean isWaiting() {
            return waiting;
        }

        @Override
        public boolean tryServe() {
            if (upstreams == 0 || picky) {
                return false;
            }
            upstreams--;
            happened.add(name + " served");
            return true;
        }

        @Override
        public void timedOut() {
            happened.add(name + " refused");
        }
    }

    @Test
    void requests_are_served_in_order_once_an_upstream_is_available() {
        queue.enqueue(new Client("a"), 0);
        queue.enqueue(new Client("b"), 0);

        queue.serve();
        assertThat(happened).isEmpty();

        upstreams = 1;
        queue.serve();
        assertThat(happened).containsExactly("a served");

        upstreams = 1;
        queue.serve();
        assertThat(happened).containsExactly("a served", "b served");
        assertThat(queue.length()).isZero();
        assertThat(queue.maxLength()).isEqualTo(2);
    }

    @Test
    void a_request_times_out() {
        queue.enqueue(new Client("a"), 0);
        queue.enqueue(new Client("b"), 50);

        queue.expire(99);
        queue.expire(100);
        assertThat(happened).containsExactly("a refused");

        queue.expire(150);
        assertThat(happened).containsExactly("a refused", "b refused");
    }

    @Test
    void a_full_queue_accepts_no_request() {
        assertThat(queue.enqueue(new Client("a"), 0)).isTrue();
        places = 0;
        assertThat(queue.enqueue(new Client("b"), 0)).isFalse();
    }

    @Test
    void an_aborted_request_is_removed() {
        Client aborted = new Client("a");
        queue.enqueue(aborted, 0);
        aborted.waiting = false;

        queue.expire(10);

        assertThat(happened).isEmpty();
        assertThat(queue.length()).isZero();
    }

    @Test
    void a_request_that_has_tried_all_available_upstreams_keeps_its_place() {
        Client picky = new Client("picky");
        picky.picky = true;
        queue.enqueue(picky, 0);
        queue.enqueue(new Client("b"), 0);
        queue.enqueue(new Client("c"), 0);
        upstreams = 1;
        queue.serve();
        assertThat(happened).containsExactly("b served");

        picky.picky = false;
        upstreams = 2;
        queue.serve();
        assertThat(happened).containsExactly("b served", "picky served", "c served");
    }

    @Test
    void capacity_that_is_freed_while_serving_goes_to_the_next() {
        queue.enqueue(
                new RequestQueue.QueuedRequest() {
                    @Override
                    public boolean isWaiting() {
                        return true;
                    }

                    @Override
                    public boolean tryServe() {
                        happened.add("a served and over");
                        queue.serve();
                        return true;
                    }

                    @Override
                    public void timedOut() {
                        happened.add("a refused");
                    }
                },
                0);
        queue.enqueue(new Client("b"), 0);
        upstreams = 1;

        queue.serve();

        assertThat(happened).containsExactly("a served and over", "b served");
    }
}
