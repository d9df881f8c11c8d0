package io.ratemesh.launcher.state;

import java.net.URI;
import java.util.Set;

/**
 * An address to listen on.
 *
 * @param bind an address of this machine, or the wildcard
 * @param port 1 to 65535
 */
public record ListenAddress(String bind, int port) {

    private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0", "*", "");

    /** Removes brackets around an IPv6 address. */
    public ListenAddress {
        if (bind.startsWith("[") && bind.endsWith("]")) {
            bind = bind.substring(1, bind.length() - 1);
        }
    }

    /** The URI for requests from this machine. */
    public URI uri(String path) {
        String host = WILDCARDS.contains(bind) ? "127.0.0.1" : bind;
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + path);
    }
}
