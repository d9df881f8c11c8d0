package io.ratemesh.balancer.upstream.health;

import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamState;
import io.ratemesh.node.settings.CheckSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * When each upstream is asked next. Whether it is time is worked out anew at each look, from when it was asked last, from how
 * it is and from the settings as they are now: nothing is booked ahead, so no report and no failure can lose a booking.
 *
 * <pre>
 *   newcomer  |ask |------ some part of the interval ------|ask |--- interval, 10 % more or less ---|ask ...
 *   in doubt  |ask |-- fast interval --|ask |-- fast interval --|ask ...
 * </pre>
 *
 * <p>The first pause is a random part of the interval, so that servers that came together are not asked together for ever.
 */
final class CheckTimetable {

    /** How long after its time-out a question that did not end by itself is given up. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final double JITTER = 0.1;

    private final RandomGenerator random;
    private final IdentityHashMap<Upstream, Line> entries = new IdentityHashMap<>();
    private List<Upstream> upstreams = List.of();
    private long started;

    /**
     * A question to be asked.
     *
     * @param number of all questions none has the same
     */
    record Question(Upstream upstream, long number) {}

    private static final class Line {
        private long askedNanos;
        private long open;
        private boolean now = true;
        private double pace;
        private boolean asked;
    }

    CheckTimetable(RandomGenerator random) {
        this.random = random;
    }

    /** Whom to ask now; each counts as asked. None is asked while a question to it is open. */
    List<Question> due(List<Upstream> present, CheckSettings settings, long nowNanos) {
        if (present != upstreams) {
            upstreams = present;
            entries.keySet().retainAll(Set.copyOf(present));
        }
        List<Question> due = new ArrayList<>();
        if (settings.kind() == CheckSettings.Kind.NONE) {
            return due;
        }
        for (Upstream upstream : present) {
            Line line = entries.computeIfAbsent(upstream, ignored -> new Line());
            if (upstream.state() != UpstreamState.MAINTENANCE && isDue(line, upstream, settings, nowNanos)) {
                line.pace = line.asked ? randomPace() : random.nextDouble(JITTER, 1);
                line.asked = true;
                line.askedNanos = nowNanos;
                line.now = false;
                line.open = ++started;
                due.add(new Question(upstream, line.open));
            }
        }
        return due;
    }

    /** Asks an upstream at the next look. */
    void scheduleNow(Upstream upstream) {
        Line line = entries.get(upstream);
        if (line != null) {
            line.now = true;
        }
    }

    /** A question was answered; false if nobody waits for that answer any more. */
    boolean complete(Question question) {
        Line line = entries.get(question.upstream());
        if (line == null || line.open != question.number()) {
            return false;
        }
        line.open = 0;
        return true;
    }

    private static boolean isDue(Line line, Upstream upstream, CheckSettings settings, long nowNanos) {
        long passed = nowNanos - line.askedNanos;
        if (line.open != 0) {
            return passed >= settings.timeout().plus(GRACE).toNanos();
        }
        Duration interval = upstream.needsFastChecks() ? settings.fastInterval() : settings.interval();
        return line.now || passed >= (long) (interval.toNanos() * line.pace);
    }

    private double randomPace() {
        return random.nextDouble(1 - JITTER, 1 + JITTER);
    }
}
