package io.ratemesh.launcher.front;

import io.ratemesh.launcher.state.Listener;
import java.util.Optional;

/** What a node says of its own health. */
public final class NodeHealth {

    private NodeHealth() {}

    /** Whether it has joined its cluster and serves. */
    public static boolean isReady(Listener http) {
        return HttpGet.ask(http.uri("/health/ready"), Optional.empty())
                .filter(answer -> answer.status() == 200)
                .isPresent();
    }
}
