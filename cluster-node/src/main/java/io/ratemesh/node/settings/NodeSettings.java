package io.ratemesh.node.settings;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * {@code node}: settings of every role.
 *
 * @param name the node's id; empty for one made from its role
 * @param transport the network transport
 * @param drainTimeout how long requests in flight may take to end when the node stops
 * @param warmUp CPU time of the process that a converter or balancer may use to warm up before it serves; zero for no warm-up
 */
public record NodeSettings(Optional<String> name, TransportSetting transport, Duration drainTimeout, Duration warmUp) {

    private static final Map<String, TransportSetting> TRANSPORTS = Map.of(
            "auto", TransportSetting.AUTO,
            "io_uring", TransportSetting.IO_URING,
            "epoll", TransportSetting.EPOLL,
            "nio", TransportSetting.NIO);

    static NodeSettings read(SettingsReader reader) {
        Optional<String> name = reader.optionalText("name");
        if (name.filter(n -> !n.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")).isPresent()) {
            reader.fault("name", "is not a valid name", "use at most 63 letters, digits, . _ and -");
        }
        return new NodeSettings(
                name,
                reader.oneOf("transport", TRANSPORTS, TransportSetting.AUTO),
                reader.duration(
                        "drain-timeout", Duration.ofMillis(100), Duration.ofMinutes(10), Duration.ofSeconds(20)),
                reader.duration("warm-up", Duration.ZERO, Duration.ofSeconds(10), Duration.ofMillis(500)));
    }
}
