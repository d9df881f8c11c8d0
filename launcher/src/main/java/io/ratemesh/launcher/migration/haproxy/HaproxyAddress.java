package io.ratemesh.launcher.migration.haproxy;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address with a port, as {@code bind} and {@code server} have it.
 *
 * @param host an address or a name, IPv6 without brackets; empty for all addresses
 * @param port 1 to 65535
 */
record HaproxyAddress(String host, int port) {

    private static final Pattern ADDRESS = Pattern.compile("(?:ipv[46]@)?(.*?):(\\d{1,5})");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]*|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final int MAX_PORT = 65_535;

    /** Parses it; empty for sockets, variables, ranges of ports and addresses without a port. */
    static Optional<HaproxyAddress> parse(String text) {
        Matcher matcher = ADDRESS.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String host = matcher.group(1);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = Integer.parseInt(matcher.group(2));
        boolean all = host.equals("*");
        return (all || NAME.matcher(host).matches()) && port >= 1 && port <= MAX_PORT
                ? Optional.of(new HaproxyAddress(all ? "" : host, port))
                : Optional.empty();
    }

    /** The address to listen on. */
    String bind() {
        return host.isEmpty() ? "0.0.0.0" : host;
    }

    /** As a server of a pool. */
    String server() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
