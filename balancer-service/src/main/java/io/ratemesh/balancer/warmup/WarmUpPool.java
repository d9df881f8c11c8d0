package io.ratemesh.balancer.warmup;

import io.ratemesh.node.settings.CheckSettings;
import io.ratemesh.node.settings.PoolSettings;
import io.ratemesh.node.settings.ServerSettings;
import io.ratemesh.node.warmup.LoopbackConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of the pool of the warm-up: those of another pool, with servers that are not checked. */
public final class WarmUpPool {

    private WarmUpPool() {}

    /**
     * The settings.
     *
     * @param like a pool of the balancer
     * @param upstreams their ports on loopback
     */
    public static PoolSettings of(PoolSettings like, List<Integer> upstreams) {
        CheckSettings check = like.check();
        return new PoolSettings(
                like.name(),
                Optional.empty(),
                upstreams.stream()
                        .map(port -> new ServerSettings(LoopbackConnection.ADDRESS, port, 1, false))
                        .toList(),
                like.algorithm(),
                new CheckSettings(
                        CheckSettings.Kind.NONE,
                        check.path(),
                        check.expected(),
                        check.interval(),
                        check.fastInterval(),
                        check.timeout(),
                        check.rise(),
                        check.fall()),
                like.maxInFlight(),
                like.queue(),
                Duration.ZERO,
                like.pipelining(),
                like.timeouts(),
                like.resolve(),
                like.failures());
    }
}
