package io.ratemesh.launcher.front;

import io.ratemesh.launcher.state.ListenAddress;
import java.util.Optional;

/** What a node says of its own health. */
public final class HealthStatus {

    private HealthStatus() {}

    /** Whether it has joined its cluster and serves. */
    public static boolean isReady(ListenAddress http) {
        return HttpGet.ask(http.uri("/health/ready"), Optional.empty())
                .filter(answer -> answer.status() == 200)
                .isPresent();
    }
}
