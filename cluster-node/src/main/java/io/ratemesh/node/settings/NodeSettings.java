package io.ratemesh.node.settings;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * {@code node}: what holds for a node of any role.
 *
 * @param name its id on the cluster; made from the role where it is not given
 * @param transport how it talks to the network
 * @param drainTimeout how long requests under way may take to end when it leaves
 */
public record NodeSettings(Optional<String> name, TransportSetting transport, Duration drainTimeout) {

    static NodeSettings read(SettingsReader reader) {
        Optional<String> name = reader.optionalText("node.name");
        if (name.filter(n -> !n.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")).isPresent()) {
            reader.fault("node.name", "letters, digits, . _ and -, at most 63");
        }
        return new NodeSettings(
                name,
                reader.oneOf(
                        "node.transport",
                        Map.of(
                                "auto",
                                TransportSetting.AUTO,
                                "io_uring",
                                TransportSetting.IO_URING,
                                "epoll",
                                TransportSetting.EPOLL,
                                "nio",
                                TransportSetting.NIO),
                        TransportSetting.AUTO),
                reader.duration(
                        "node.drain-timeout", Duration.ofMillis(100), Duration.ofMinutes(10), Duration.ofSeconds(20)));
    }
}
