package io.ratemesh.balancer.listener;

/** What clients speak at a listener. */
public enum ListenerProtocol {
    /** HTTP/1 without TLS. */
    HTTP("http", "balancer.http"),
    /** HTTP/1 and HTTP/2 over TLS. */
    HTTPS("https", "balancer.tls"),
    /** HTTP/2 without TLS, with prior knowledge (RFC 9113 §3.3). */
    H2C("h2c", "balancer.h2c");

    private final String scheme;
    private final String settings;

    ListenerProtocol(String scheme, String settings) {
        this.scheme = scheme;
        this.settings = settings;
    }

    /** As in the address that is logged at the start. */
    public String scheme() {
        return scheme;
    }

    /** The key below which its settings are. */
    String settings() {
        return settings;
    }
}
