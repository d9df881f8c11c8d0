package io.ratemesh.launcher.state;

import java.net.URI;
import java.util.Set;

/**
 * Where a port is opened.
 *
 * @param bind the address it listens on; the wildcard is all of the machine's
 * @param port 1 to 65535
 */
public record ListenAddress(String bind, int port) {

    private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0", "*", "");

    /** An address of IPv6 may be written in brackets. */
    public ListenAddress {
        if (bind.startsWith("[") && bind.endsWith("]")) {
            bind = bind.substring(1, bind.length() - 1);
        }
    }

    /** How this machine itself reaches it. */
    public URI uri(String path) {
        String host = WILDCARDS.contains(bind) ? "127.0.0.1" : bind;
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + path);
    }
}
