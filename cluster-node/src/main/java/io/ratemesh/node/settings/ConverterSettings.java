package io.ratemesh.node.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * {@code converter}: what a converter serves.
 *
 * @param port of its HTTP; 0 is any free port
 * @param heartbeat the longest silence of a stream
 * @param replay how many updates are kept for clients that reconnect
 * @param maxPairs the most currency pairs of one stream
 * @param maxSubscribers the most open streams
 * @param accessLog where each request is logged: {@code stdout} or the path of a file; empty for nowhere
 */
public record ConverterSettings(
        int port, Duration heartbeat, int replay, int maxPairs, int maxSubscribers, Optional<String> accessLog) {

    static ConverterSettings read(SettingsReader reader) {
        return new ConverterSettings(
                reader.port("port", 0),
                reader.duration(
                        "stream.heartbeat", Duration.ofMillis(100), Duration.ofMinutes(5), Duration.ofSeconds(15)),
                reader.number("stream.replay", 0, 100_000, 1000),
                reader.number("stream.max-pairs", 1, 10_000, 200),
                reader.number("stream.max-subscribers", 1, 1_000_000, 20_000),
                AccessLogSettings.target(reader, "access-log"));
    }
}
