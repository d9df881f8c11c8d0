package io.ratemesh.node.settings;

import io.ratemesh.node.settings.BalancerSettings.Listen;
import java.util.Optional;

/**
 * {@code balancer.h2c}: the listener for HTTP/2 without TLS, present where a port is named.
 *
 * @param listen where it listens
 * @param proxyProtocol whether every connection begins with the PROXY protocol, version 1 or 2
 */
public record H2cSettings(Listen listen, boolean proxyProtocol) {

    static Optional<H2cSettings> read(SettingsReader reader) {
        Listen listen = Listen.read(reader, "0.0.0.0", 0);
        boolean proxyProtocol = reader.flag("proxy-protocol", false);
        if (reader.given("port").isPresent()) {
            return Optional.of(new H2cSettings(listen, proxyProtocol));
        }
        if (reader.given("bind").isPresent() || proxyProtocol) {
            reader.fault("port", "is missing", "use a number from 0 to 65535, without which there is no such listener");
        }
        reader.withoutEffect();
        return Optional.empty();
    }
}
