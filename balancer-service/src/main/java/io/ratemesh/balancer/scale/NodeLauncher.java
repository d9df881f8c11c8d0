package io.ratemesh.balancer.scale;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Starts converters. They outlive the balancer that asked for them. */
interface NodeLauncher {

    /** Why it cannot start converters; empty if it can. */
    Optional<String> unavailable();

    /**
     * Starts converters, without waiting until they are ready.
     *
     * @return their ids; fails with a {@link LauncherBusyException} if it should be tried again later
     */
    Future<List<String>> launch(int count);

    /** Records that a converter is about to leave, so that its end is expected. Fails with a {@link LauncherBusyException} likewise. */
    Future<Void> retire(String id);
}
