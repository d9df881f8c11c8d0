package io.ratemesh.node.settings;

import io.ratemesh.node.address.IpAddresses;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A listed server of a pool, written as {@code 10.0.0.7:9102 weight=2 backup}; an IPv6 address has brackets.
 *
 * @param host a host name or an address
 * @param port 1 to 65535
 * @param weight its part of the requests relative to other servers, 1 to 256
 * @param backup whether it gets requests only while no other server can take them
 */
public record ServerSettings(String host, int port, int weight, boolean backup) {

    static final String REMEDY =
            "use host:port, an IPv6 address as [::1]:9101, optionally followed by weight=1 to 256 and backup";

    private static final Pattern SERVER =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+):(\\d{1,5})((?: +\\S+)*)");
    private static final Pattern WEIGHT = Pattern.compile("weight=(\\d{1,3})");
    private static final int MAX_PORT = 65535;
    private static final int MAX_WEIGHT = 256;

    /** Its id in statistics and in admin commands. */
    public String id() {
        return IpAddresses.withPort(host, port);
    }

    static Optional<ServerSettings> parse(String text) {
        Matcher matcher = SERVER.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String host = matcher.group(1);
        if (host.startsWith("[")) {
            InetAddress address = IpAddresses.parse(host);
            if (address == null) {
                return Optional.empty();
            }
            host = IpAddresses.text(address);
        }
        int port = Integer.parseInt(matcher.group(2));
        int weight = 0;
        boolean backup = false;
        for (String word : matcher.group(3).strip().split(" +")) {
            Matcher weighted = WEIGHT.matcher(word);
            if (weighted.matches() && weight == 0) {
                weight = Integer.parseInt(weighted.group(1));
                if (weight < 1 || weight > MAX_WEIGHT) {
                    return Optional.empty();
                }
            } else if (word.equals("backup") && !backup) {
                backup = true;
            } else if (!word.isEmpty()) {
                return Optional.empty();
            }
        }
        return port < 1 || port > MAX_PORT
                ? Optional.empty()
                : Optional.of(new ServerSettings(host, port, Math.max(weight, 1), backup));
    }
}
