package io.ratemesh.node.settings;

import java.util.List;
import java.util.Optional;

/**
 * What is special about the connections to the servers of a pool.
 *
 * @param tls how TLS is used; empty for connections without it
 */
public record ConnectionSettings(Optional<PoolTlsSettings> tls) {

    /** TCP, and nothing before the first request. */
    public static final ConnectionSettings PLAIN = new ConnectionSettings(Optional.empty());

    /** Keys that a port in TCP mode does not have. */
    private static final List<String> TLS_KEYS = List.of("ca", "server-name", "verify", "cert", "key");

    static ConnectionSettings read(SettingsReader reader) {
        return new ConnectionSettings(PoolTlsSettings.read(reader.in("tls")));
    }

    /** Records a fault for each setting that a port in TCP mode does not have. */
    static void rejectHttpOnly(SettingsReader item) {
        SettingsReader tls = item.in("tls");
        for (String key : TLS_KEYS) {
            if (tls.given(key).isPresent()) {
                tls.fault(
                        key,
                        "is not supported on a TCP port, which forwards TLS as it is",
                        "remove this setting, or use a pool");
            }
        }
    }
}
