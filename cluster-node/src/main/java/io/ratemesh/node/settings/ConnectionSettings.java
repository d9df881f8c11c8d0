package io.ratemesh.node.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is special about the connections to the servers of a pool.
 *
 * @param tls how TLS is used; empty for connections without it
 * @param sendProxy the version of the PROXY protocol with which each connection begins; empty for none
 */
public record ConnectionSettings(Optional<PoolTlsSettings> tls, Optional<ProxyVersion> sendProxy) {

    /** A version of the PROXY protocol (HAProxy's doc/proxy-protocol.txt). */
    public enum ProxyVersion {
        /** A line of text. */
        V1,
        /** Binary. */
        V2
    }

    /** TCP, and nothing before the first request. */
    public static final ConnectionSettings PLAIN = new ConnectionSettings(Optional.empty(), Optional.empty());

    /** Keys that a port in TCP mode does not have. */
    private static final List<String> TLS_KEYS = List.of("ca", "server-name", "verify", "cert", "key");

    private static final Map<String, ProxyVersion> VERSIONS = Map.of("v1", ProxyVersion.V1, "v2", ProxyVersion.V2);

    /**
     * Reads the settings of a pool.
     *
     * @param pipelining of the pool
     */
    static ConnectionSettings read(SettingsReader reader, int pipelining) {
        Optional<ProxyVersion> sendProxy = reader.optionalOneOf("send-proxy", VERSIONS);
        if (sendProxy.isPresent() && pipelining > 0) {
            reader.fault(
                    "send-proxy",
                    "names one client for a connection, and with pipelining " + pipelining + " clients share it",
                    "set pipelining: 0");
        }
        return new ConnectionSettings(PoolTlsSettings.read(reader.in("tls")), sendProxy);
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
