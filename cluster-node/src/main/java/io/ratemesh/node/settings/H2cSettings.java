package io.ratemesh.node.settings;

import io.ratemesh.node.settings.BalancerSettings.Listen;
import java.util.Optional;

/**
 * {@code balancer.h2c}: the front door for HTTP/2 without TLS, there when a port is named.
 *
 * @param listen where
 * @param proxyProtocol whether every connection begins with the PROXY protocol, version 1 or 2
 */
public record H2cSettings(Listen listen, boolean proxyProtocol) {

    private static final String KEY = "balancer.h2c";

    static Optional<H2cSettings> read(SettingsReader reader) {
        boolean named = reader.optionalText(KEY + ".port").isPresent();
        Optional<String> bind = reader.optionalText(KEY + ".bind");
        int port = reader.number(KEY + ".port", 0, 65535, 0);
        boolean proxyProtocol = reader.flag(KEY + ".proxy-protocol", false);
        if (!named) {
            if (bind.isPresent() || proxyProtocol) {
                reader.fault(KEY + ".port", "a number from 0 to 65535: without it there is no such port");
            }
            return Optional.empty();
        }
        return Optional.of(new H2cSettings(new Listen(reader.bind(KEY + ".bind", "0.0.0.0"), port), proxyProtocol));
    }
}
