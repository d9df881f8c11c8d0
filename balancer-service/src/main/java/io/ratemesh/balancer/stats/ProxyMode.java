package io.ratemesh.balancer.stats;

import java.util.Locale;

/** What is passed on at an address and in a pool. */
public enum ProxyMode {
    /** Requests and answers. */
    HTTP,
    /** Connections as they are. */
    TCP;

    /** HAProxy's word for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
