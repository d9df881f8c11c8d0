package io.ratemesh.node.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * {@code check.agent}: a program beside each server says by a line of text how much the server can take, as HAProxy's {@code
 * agent-check}.
 *
 * @param port where it listens, 1 to 65535, at the address of the server
 * @param interval from one connection to it to the next
 */
public record AgentSettings(int port, Duration interval) {

    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final int UNSET = 0;

    /** Reads the section; empty where no port is given. */
    static Optional<AgentSettings> read(SettingsReader reader) {
        int port = reader.number("port", 1, 65535, UNSET);
        Duration interval = reader.duration("interval", Duration.ofMillis(100), Duration.ofHours(1), INTERVAL);
        if (reader.given("port").isEmpty()) {
            reader.withoutEffect();
            return Optional.empty();
        }
        return Optional.of(new AgentSettings(port, interval));
    }
}
