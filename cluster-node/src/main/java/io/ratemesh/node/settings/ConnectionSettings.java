package io.ratemesh.node.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is special about the connections to the servers of a pool.
 *
 * @param tls how TLS is used; empty for connections without it
 * @param http the version of HTTP
 * @param sendProxy the version of the PROXY protocol with which each connection begins; empty for none
 */
public record ConnectionSettings(Optional<PoolTlsSettings> tls, HttpVersion http, Optional<ProxyVersion> sendProxy) {

    /** The version of HTTP of requests to a server. */
    public enum HttpVersion {
        HTTP_1_1,
        /** Without TLS the server has to know it (prior knowledge), with TLS it has to choose it (ALPN). */
        HTTP_2,
        /** What the server chooses by ALPN; HTTP/1.1 without TLS. */
        AUTO
    }

    /** A version of the PROXY protocol (HAProxy's doc/proxy-protocol.txt). */
    public enum ProxyVersion {
        /** A line of text. */
        V1,
        /** Binary. */
        V2
    }

    /** TCP, and nothing before the first request. */
    public static final ConnectionSettings PLAIN =
            new ConnectionSettings(Optional.empty(), HttpVersion.HTTP_1_1, Optional.empty());

    /** Keys that a port in TCP mode does not have. */
    private static final List<String> TLS_KEYS = List.of("ca", "server-name", "verify", "cert", "key");

    private static final List<String> AFFINITY_KEYS = List.of("affinity.cookie", "affinity.header");

    private static final Map<String, ProxyVersion> VERSIONS = Map.of("v1", ProxyVersion.V1, "v2", ProxyVersion.V2);

    private static final Map<String, HttpVersion> HTTP_VERSIONS =
            Map.of("1.1", HttpVersion.HTTP_1_1, "2", HttpVersion.HTTP_2, "auto", HttpVersion.AUTO);

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
        HttpVersion http = reader.oneOf("http-version", HTTP_VERSIONS, HttpVersion.HTTP_1_1);
        return new ConnectionSettings(PoolTlsSettings.read(reader.in("tls")), http, sendProxy);
    }

    /** Records a fault for each setting that a port in TCP mode does not have. */
    static void rejectHttpOnly(SettingsReader item) {
        if (item.given("http-version").isPresent()) {
            item.fault(
                    "http-version",
                    "is not supported on a TCP port, which has no HTTP requests",
                    "remove this setting");
        }
        item.withoutEffect("http-version");
        for (String key : AFFINITY_KEYS) {
            if (item.given(key).isPresent()) {
                item.fault(key, "is not supported on a TCP port, which has no HTTP requests", "remove this setting");
            }
        }
        SettingsReader tls = item.in("tls");
        tls.withoutEffect();
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
