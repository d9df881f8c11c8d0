package io.ratemesh.balancer.stats;

import java.util.Locale;

/** What a listener and its pool relay. */
public enum ProxyMode {
    /** Requests and responses. */
    HTTP,
    /** Connections. */
    TCP;

    /** Returns HAProxy's name of the mode. */
    public String haproxyName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
