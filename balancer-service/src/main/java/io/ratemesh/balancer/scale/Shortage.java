package io.ratemesh.balancer.scale;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether too few converters have run for some seconds. Sooner, a lost converter is not replaced: a rolling restart, systemd or
 * Kubernetes may be about to do so.
 */
final class Shortage {

    private static final long GRACE_NANOS = Duration.ofSeconds(5).toNanos();

    private @Nullable Long sinceNanos;

    boolean lasts(boolean tooFew, long nowNanos) {
        if (!tooFew) {
            sinceNanos = null;
            return false;
        }
        if (sinceNanos == null) {
            sinceNanos = nowNanos;
        }
        return nowNanos - sinceNanos >= GRACE_NANOS;
    }
}
