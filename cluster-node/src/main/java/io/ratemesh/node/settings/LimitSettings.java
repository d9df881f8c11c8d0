package io.ratemesh.node.settings;

import java.time.Duration;

/**
 * {@code balancer.limits}: limits of clients, over all event loops. A client is an IPv4 address or an IPv6 network of 64 bits.
 * Loopback addresses and {@code balancer.trusted-proxies} have no limits per client.
 *
 * @param connections open at once, 1 to 1,000,000
 * @param connectionsPerClient open at once from one client; 0 is no limit, since many users may share an address
 * @param requestsPerSecond the sustained rate of one client; 0 is no limit
 * @param burst requests that one client may send at once after a pause, at least 1
 * @param streams concurrent streams of one HTTP/2 connection, 1 to 10,000
 * @param headTime for the head of a request
 * @param bodyTime between two bytes of a request body
 * @param keepAlive between a response and the next request
 */
public record LimitSettings(
        int connections,
        int connectionsPerClient,
        int requestsPerSecond,
        int burst,
        int streams,
        Duration headTime,
        Duration bodyTime,
        Duration keepAlive) {

    /** The defaults. */
    public static final LimitSettings DEFAULT = new LimitSettings(
            20_000, 0, 0, 1, 100, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60));

    static final int MAX_COUNT = 1_000_000;

    static LimitSettings read(SettingsReader reader) {
        int perSecond = reader.number("requests-per-second", 0, MAX_COUNT, DEFAULT.requestsPerSecond());
        return new LimitSettings(
                reader.number("connections", 1, MAX_COUNT, DEFAULT.connections()),
                reader.number("connections-per-client", 0, MAX_COUNT, DEFAULT.connectionsPerClient()),
                perSecond,
                // A browser opens a page with dozens of requests, so a smaller burst than one second is of no use.
                reader.number("burst", 1, MAX_COUNT, Math.max(1, perSecond)),
                reader.number("streams", 1, 10_000, DEFAULT.streams()),
                time(reader, "head-time", DEFAULT.headTime()),
                time(reader, "body-time", DEFAULT.bodyTime()),
                time(reader, "keep-alive", DEFAULT.keepAlive()));
    }

    private static Duration time(SettingsReader reader, String key, Duration byDefault) {
        return reader.duration(key, Duration.ofSeconds(1), Duration.ofHours(1), byDefault);
    }
}
