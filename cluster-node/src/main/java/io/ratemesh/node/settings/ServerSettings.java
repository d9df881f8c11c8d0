package io.ratemesh.node.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.node.address.IpAddresses;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A listed server of a pool, written as {@code 10.0.0.7:9102 weight=2 backup}; an IPv6 address has brackets. A unix socket is written
 * as {@code unix:/run/app.sock}.
 *
 * @param host a host name, an address, or {@code unix:} and an absolute path
 * @param port 1 to 65535; 0 for a unix socket
 * @param weight its part of the requests relative to other servers, 1 to 256
 * @param backup whether it gets requests only while no other server can take them
 */
public record ServerSettings(String host, int port, int weight, boolean backup) {

    static final String REMEDY =
            "use host:port, an IPv6 address as [::1]:9101, or unix:/run/app.sock, optionally followed by weight=1 to"
                    + " 256 and backup";

    static final String UNIX_REMEDY = "use unix: and an absolute path of at most 107 bytes without spaces, such as"
            + " unix:/run/app.sock, optionally followed by weight=1 to 256 and backup";

    /** How a unix socket begins. */
    static final String UNIX = "unix:";

    /** Of {@code sun_path} in {@code sys/un.h}, without the zero at its end. */
    private static final int MAX_PATH_BYTES = 107;

    private static final Pattern SERVER =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+):(\\d{1,5})((?: +\\S+)*)");
    private static final Pattern UNIX_SERVER = Pattern.compile("(unix:/\\S+)((?: +\\S+)*)");
    private static final Pattern WEIGHT = Pattern.compile("weight=(\\d{1,3})");
    private static final int MAX_PORT = 65535;
    private static final int MAX_WEIGHT = 256;

    /** Its id in statistics and in admin commands. */
    public String id() {
        return text(host, port);
    }

    /** Host and port, with brackets around an IPv6 address; a unix socket as it is written. */
    public static String text(String host, int port) {
        return unixPath(host).isPresent() ? host : IpAddresses.withPort(host, port);
    }

    /** The path of a unix socket; empty for other hosts. */
    public static Optional<String> unixPath(String host) {
        return host.startsWith(UNIX) ? Optional.of(host.substring(UNIX.length())) : Optional.empty();
    }

    static Optional<ServerSettings> parse(String text) {
        Matcher unix = UNIX_SERVER.matcher(text.strip());
        if (unix.matches()) {
            int bytes = unix.group(1).getBytes(UTF_8).length - UNIX.length();
            return bytes > MAX_PATH_BYTES ? Optional.empty() : withWords(unix.group(1), 0, unix.group(2));
        }
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
        return port < 1 || port > MAX_PORT ? Optional.empty() : withWords(host, port, matcher.group(3));
    }

    private static Optional<ServerSettings> withWords(String host, int port, String words) {
        int weight = 0;
        boolean backup = false;
        for (String word : words.strip().split(" +")) {
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
        return Optional.of(new ServerSettings(host, port, Math.max(weight, 1), backup));
    }
}
