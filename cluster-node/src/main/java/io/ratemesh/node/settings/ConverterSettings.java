package io.ratemesh.node.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * {@code converter}: what a converter node serves.
 *
 * @param port where it serves; 0 is any free one
 * @param heartbeat how long a stream is silent at most
 * @param replay how many updates are kept for a reader that comes back
 * @param maxPairs how many pairs one reader may ask for
 * @param maxSubscribers how many readers it takes
 * @param accessLog where each request is logged: {@code stdout} or the path of a file; empty for nowhere
 */
public record ConverterSettings(
        int port, Duration heartbeat, int replay, int maxPairs, int maxSubscribers, Optional<String> accessLog) {

    private static final Set<String> OFF = Set.of("off", "false");

    static ConverterSettings read(SettingsReader reader) {
        return new ConverterSettings(
                reader.number("converter.port", 0, 65535, 0),
                reader.duration(
                        "converter.stream.heartbeat",
                        Duration.ofMillis(100),
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(15)),
                reader.number("converter.stream.replay", 0, 100_000, 1000),
                reader.number("converter.stream.max-pairs", 1, 10_000, 200),
                reader.number("converter.stream.max-subscribers", 1, 1_000_000, 20_000),
                // YAML takes off for false.
                reader.optionalText("converter.access-log").filter(where -> !OFF.contains(where)));
    }
}
