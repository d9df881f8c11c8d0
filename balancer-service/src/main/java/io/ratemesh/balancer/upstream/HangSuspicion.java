package io.ratemesh.balancer.upstream;

import io.ratemesh.balancer.upstream.outlier.HangDetector;
import io.ratemesh.node.settings.FailureSettings.Hang;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether one event loop suspects that an upstream hangs, and what its health checks say about that. The owning loop uses it. */
final class HangSuspicion {

    private final Upstream upstream;
    private final HangDetector detector;
    private @Nullable CheckResult checkBefore;

    HangSuspicion(Upstream upstream, long nowNanos) {
        this.upstream = upstream;
        this.detector = new HangDetector(nowNanos);
    }

    boolean isActive() {
        return detector.isSuspected();
    }

    /** Whether a check since the suspicion began had no response either, or the node is lost. */
    boolean isConfirmed() {
        return detector.isSuspected()
                && (upstream.isLost()
                        || checkSince().filter(check -> !check.isResponsive()).isPresent());
    }

    /**
     * Updates the suspicion, and the upstream where it begins or ends.
     *
     * @param pending requests without a response so far
     * @param responses of this upstream, ever
     * @param others the other upstreams of its pool
     */
    void update(Hang settings, int pending, long responses, HangDetector.Others others, long nowNanos) {
        boolean before = detector.isSuspected();
        if (before) {
            applyCheck(nowNanos);
        } else {
            checkBefore = upstream.lastCheck().orElse(null);
        }
        detector.update(settings, pending, responses, others, nowNanos);
        if (detector.isSuspected() != before) {
            upstream.setSuspectedByLoop(!before);
        }
    }

    private void applyCheck(long nowNanos) {
        Optional<CheckResult> check = checkSince();
        if (check.filter(CheckResult::hasStatus).isPresent()) {
            detector.clear();
        } else if (check.filter(each -> !each.isResponsive()).isPresent()) {
            detector.confirm(nowNanos);
        }
    }

    @SuppressWarnings("ReferenceEquality") // Each check has a result of its own.
    private Optional<CheckResult> checkSince() {
        return upstream.lastCheck().filter(check -> check != checkBefore);
    }
}
