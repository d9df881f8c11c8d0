package io.ratemesh.node.settings;

import io.ratemesh.node.settings.BalancerSettings.Listen;

/**
 * {@code balancer.http}: the listener for HTTP/1.1 without TLS.
 *
 * @param listen where it listens
 * @param proxyProtocol whether every connection begins with the PROXY protocol, version 1 or 2
 * @param toHttps whether requests are redirected to {@code balancer.tls}
 */
public record HttpSettings(Listen listen, boolean proxyProtocol, boolean toHttps) {

    static HttpSettings read(SettingsReader reader, boolean tls) {
        boolean toHttps = reader.flag("to-https", false);
        if (toHttps && !tls) {
            reader.fault("to-https", "needs TLS, and balancer.tls.cert is not set", "set it, or use false");
        }
        return new HttpSettings(Listen.read(reader, "0.0.0.0", 8080), reader.flag("proxy-protocol", false), toHttps);
    }
}
