package io.ratemesh.node.settings;

import io.ratemesh.node.address.IpAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code dns} of a pool: DNS names its servers, instead of a list.
 *
 * @param name that is resolved
 * @param service whether the name has SRV records (RFC 2782), each a server; otherwise each of its addresses is one
 * @param port of the servers, 1 to 65535; 0 where SRV records have it
 * @param family which addresses of the name are servers; without effect for SRV records
 * @param resolvers the name servers that are asked; empty for the hosts file and the name servers of the operating system
 * @param maxServers the most servers, 1 to 1000; further ones are left out
 */
public record DnsSettings(
        String name, boolean service, int port, Family family, List<InetSocketAddress> resolvers, int maxServers) {

    /** Which addresses of a name are servers. */
    public enum Family {
        /** The IPv4 addresses, or the IPv6 addresses of a name without any, so that a server with both counts once. */
        AUTO,
        IPV4,
        IPV6,
        /** All. */
        BOTH
    }

    private static final Map<String, Family> FAMILIES =
            Map.of("auto", Family.AUTO, "ipv4", Family.IPV4, "ipv6", Family.IPV6, "both", Family.BOTH);
    private static final Pattern NAME =
            Pattern.compile("(?=.{1,254}$)[A-Za-z0-9_-]{1,63}(?:\\.[A-Za-z0-9_-]{1,63})*\\.?");
    private static final Pattern ADDRESS_AND_PORT = Pattern.compile("(\\[[^\\[\\]]+]|[0-9.]+):(\\d{1,5})");
    private static final int DNS_PORT = 53;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_SERVERS = 100;
    private static final int UNSET = 0;

    /** Whether a text is a name of a host or a service, with or without a dot at its end, and no address. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches() && IpAddresses.parse(text) == null;
    }

    /** The key that has the name. */
    String key() {
        return service ? "dns.srv" : "dns.name";
    }

    /** Reads the section; empty where neither {@code name} nor {@code srv} is given. */
    static Optional<DnsSettings> read(SettingsReader reader) {
        Optional<String> name = name(reader, "name");
        Optional<String> service = name(reader, "srv");
        int port = reader.number("port", 1, MAX_PORT, UNSET);
        Family family = reader.oneOf("family", FAMILIES, Family.AUTO);
        List<InetSocketAddress> resolvers = resolvers(reader);
        int maxServers = reader.number("max-servers", 1, PoolSettings.MAX_SERVERS, MAX_SERVERS);
        if (name.isPresent() && service.isPresent()) {
            reader.fault("srv", "cannot be combined with name", "remove one of them");
        }
        if (service.isPresent()) {
            List.of("port", "family").forEach(key -> {
                if (reader.given(key).isPresent()) {
                    reader.fault(key, "has no effect with srv", "remove it, or use name");
                }
                reader.withoutEffect(key);
            });
            return Optional.of(new DnsSettings(service.get(), true, UNSET, Family.AUTO, resolvers, maxServers));
        }
        if (name.isPresent() && reader.given("port").isEmpty()) {
            reader.fault("port", "is missing", "use the port of the servers, or srv with a name that has SRV records");
        }
        if (name.isEmpty()) {
            reader.withoutEffect();
        }
        return name.map(of -> new DnsSettings(of, false, port, family, resolvers, maxServers));
    }

    private static Optional<String> name(SettingsReader reader, String key) {
        Optional<String> name = reader.optionalText(key);
        if (name.filter(text -> IpAddresses.parse(text) != null).isPresent()) {
            reader.fault(key, "is an address, which has no records", "list it in servers");
        } else if (name.filter(text -> !isName(text)).isPresent()) {
            reader.fault(key, "is not a valid name", "use a name such as shop.internal or _http._tcp.shop.internal");
        }
        return name;
    }

    private static List<InetSocketAddress> resolvers(SettingsReader reader) {
        List<InetSocketAddress> resolvers = new ArrayList<>();
        for (String written : reader.oneOrMore("resolver")) {
            Optional<InetSocketAddress> resolver = resolver(written.strip());
            resolver.ifPresent(resolvers::add);
            if (resolver.isEmpty()) {
                reader.fault(
                        "resolver",
                        "",
                        Optional.of(written),
                        "is not a valid name server",
                        "use an address, optionally with a port, such as 10.0.0.2, 127.0.0.1:8600 or [::1]:5353");
            }
        }
        return List.copyOf(resolvers);
    }

    private static Optional<InetSocketAddress> resolver(String written) {
        Matcher withPort = ADDRESS_AND_PORT.matcher(written);
        boolean matches = withPort.matches();
        InetAddress address = IpAddresses.parse(matches ? withPort.group(1) : written);
        int port = matches ? Integer.parseInt(withPort.group(2)) : DNS_PORT;
        return address == null || port < 1 || port > MAX_PORT
                ? Optional.empty()
                : Optional.of(new InetSocketAddress(address, port));
    }
}
