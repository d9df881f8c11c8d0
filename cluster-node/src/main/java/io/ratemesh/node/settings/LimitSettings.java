package io.ratemesh.node.settings;

import java.time.Duration;

/**
 * {@code balancer.limits}: what clients may take, over all event loops. A client is an address of IPv4, or the 64 bits of an
 * IPv6 address that one site has. Loopback and {@code balancer.trusted-proxies} are no clients here: many are behind them.
 *
 * @param connections open at once, at most
 * @param connectionsPerClient open at once from one client; 0 for any number, as behind one address there may be a city
 * @param requestsPerSecond of one client, in the long run; 0 for any number
 * @param burst requests that a client may send at once after a pause, at least 1
 * @param streams requests under way at once on one connection of HTTP/2
 * @param headTime for the head of a request
 * @param bodyTime without a byte of a body that is read
 * @param keepAlive between an answer and the next request
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

    /** What holds where nothing is said. */
    public static final LimitSettings DEFAULT = new LimitSettings(
            20_000, 0, 0, 1, 100, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60));

    private static final String KEY = "balancer.limits";
    private static final int MANY = 1_000_000;
    private static final Duration MIN_TIME = Duration.ofSeconds(1);
    private static final Duration MAX_TIME = Duration.ofHours(1);

    static LimitSettings read(SettingsReader reader) {
        int perSecond = reader.number(KEY + ".requests-per-second", 0, MANY, DEFAULT.requestsPerSecond());
        return new LimitSettings(
                reader.number(KEY + ".connections", 1, MANY, DEFAULT.connections()),
                reader.number(KEY + ".connections-per-client", 0, MANY, DEFAULT.connectionsPerClient()),
                perSecond,
                // A browser opens a page with some dozens of requests: a second's worth at once is the least of use.
                reader.number(KEY + ".burst", 1, MANY, Math.max(1, perSecond)),
                reader.number(KEY + ".streams", 1, 10_000, DEFAULT.streams()),
                reader.duration(KEY + ".head-time", MIN_TIME, MAX_TIME, DEFAULT.headTime()),
                reader.duration(KEY + ".body-time", MIN_TIME, MAX_TIME, DEFAULT.bodyTime()),
                reader.duration(KEY + ".keep-alive", MIN_TIME, MAX_TIME, DEFAULT.keepAlive()));
    }
}
