package io.ratemesh.node.settings;

import io.ratemesh.node.settings.BalancerSettings.Listen;

/**
 * {@code balancer.http}: the front door without encryption.
 *
 * @param listen where
 * @param proxyProtocol whether every connection begins with the PROXY protocol, version 1 or 2
 * @param toHttps whether requests are sent on to {@code balancer.tls} instead of being answered
 */
public record HttpSettings(Listen listen, boolean proxyProtocol, boolean toHttps) {

    private static final String KEY = "balancer.http";

    static HttpSettings read(SettingsReader reader, boolean tls) {
        boolean toHttps = reader.flag(KEY + ".to-https", false);
        if (toHttps && !tls) {
            reader.fault(KEY + ".to-https", "false, since balancer.tls.cert is not set");
        }
        return new HttpSettings(
                new Listen(reader.bind(KEY + ".bind", "0.0.0.0"), reader.number(KEY + ".port", 0, 65535, 8080)),
                reader.flag(KEY + ".proxy-protocol", false),
                toHttps);
    }
}
