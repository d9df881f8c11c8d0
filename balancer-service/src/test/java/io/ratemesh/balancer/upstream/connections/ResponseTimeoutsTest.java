package io.ratemesh.balancer.upstream.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseTimeoutsTest {

    private static final Duration TIMEOUT = Duration.ofNanos(100);

    private final ResponseTimeouts timeouts = new ResponseTimeouts();

    private static final class Request extends ResponseTimeouts.PendingResponse {
        private int timeouts;
        private int checks;

        @Override
        public void responseTimedOut() {
            timeouts++;
        }

        @Override
        public void checkForHang() {
            checks++;
        }
    }

    @Test
    void only_pending_requests_check_for_a_hang() {
        Request responded = new Request();
        Request pending = new Request();
        timeouts.start(responded, 0);
        timeouts.start(pending, 0);
        responded.stopTimeout();

        timeouts.checkForHangs();

        assertThat(responded.checks).isZero();
        assertThat(pending.checks).isEqualTo(1);
    }

    @Test
    void a_request_without_a_response_times_out_once() {
        Request early = new Request();
        Request late = new Request();
        timeouts.start(early, 0);
        timeouts.start(late, 50);

        timeouts.sweep(TIMEOUT, 99);
        assertThat(early.timeouts).isZero();

        timeouts.sweep(TIMEOUT, 100);
        timeouts.sweep(TIMEOUT, 149);
        assertThat(early.timeouts).isEqualTo(1);
        assertThat(late.timeouts).isZero();

        timeouts.sweep(TIMEOUT, 150);
        timeouts.sweep(TIMEOUT, 1000);
        assertThat(early.timeouts).isEqualTo(1);
        assertThat(late.timeouts).isEqualTo(1);
    }

    @Test
    void zero_is_no_timeout() {
        Request pending = new Request();
        timeouts.start(pending, 0);

        timeouts.sweep(Duration.ZERO, Long.MAX_VALUE);

        assertThat(pending.timeouts).isZero();
    }

    @Test
    void a_restarted_timeout_is_full_length() {
        Request again = new Request();
        Request other = new Request();
        timeouts.start(again, 0);
        timeouts.start(other, 10);
        timeouts.start(again, 60);

        timeouts.sweep(TIMEOUT, 159);
        assertThat(again.timeouts).isZero();
        assertThat(other.timeouts).isEqualTo(1);

        timeouts.sweep(TIMEOUT, 160);
        assertThat(again.timeouts).isEqualTo(1);
    }

    @Test
    void a_request_can_be_removed_from_any_place() {
        for (int responded = 0; responded < 3; responded++) {
            ResponseTimeouts fresh = new ResponseTimeouts();
            List<Request> all = List.of(new Request(), new Request(), new Request());
            all.forEach(request -> fresh.start(request, 0));

            fresh.remove(all.get(responded));
            fresh.remove(all.get(responded));
            fresh.sweep(TIMEOUT, 1000);

            for (Request request : all) {
                assertThat(request.timeouts).isEqualTo(request == all.get(responded) ? 0 : 1);
            }
        }
    }
}
