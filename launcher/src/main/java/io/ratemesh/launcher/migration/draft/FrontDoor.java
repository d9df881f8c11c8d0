package io.ratemesh.launcher.migration.draft;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The listeners of the front door and the stats port: one of each kind, and all of those for HTTP share the routes. */
public final class FrontDoor {

    private static final int STATS_PORT = 8404;
    private static final String IPV4 = "0.0.0.0";
    private static final String IPV6 = "::";

    /** A kind of listener. */
    public enum Kind {
        HTTP("balancer.http", IPV4),
        TLS("balancer.tls", IPV4),
        H2C("balancer.h2c", IPV4),
        STATS("balancer.stats", "127.0.0.1");

        private final String key;
        private final String defaultBind;

        Kind(String key, String defaultBind) {
            this.key = key;
            this.defaultBind = defaultBind;
        }

        /** The key of its section. */
        public String key() {
            return key;
        }
    }

    private record Address(String bind, int port) {}

    private final SettingsDraft draft;
    private final Map<Kind, Address> listeners = new EnumMap<>(Kind.class);
    private final Set<Integer> tcpPorts = new HashSet<>();

    public FrontDoor(SettingsDraft draft) {
        this.draft = draft;
    }

    /**
     * Adds an address. The same port on all IPv4 and on all IPv6 addresses is one listener.
     *
     * @return false if the listener of this kind has another address
     */
    public boolean listen(Kind kind, String bind, int port) {
        Address earlier = listeners.get(kind);
        if (earlier == null) {
            listeners.put(kind, new Address(bind, port));
            return true;
        }
        if (earlier.port() != port) {
            return false;
        }
        if (new HashSet<>(List.of(earlier.bind(), bind)).equals(Set.of(IPV4, IPV6))) {
            listeners.put(kind, new Address(IPV6, port));
            draft.comment(kind.key(), "The address :: is for IPv4 and IPv6.");
            return true;
        }
        return earlier.bind().equals(bind) || (earlier.bind().equals(IPV6) && bind.equals(IPV4));
    }

    public boolean has(Kind kind) {
        return listeners.containsKey(kind);
    }

    /** Notes a port in TCP mode; false if it is taken. */
    public boolean listenForTcp(int port) {
        return listeners.values().stream().noneMatch(address -> address.port() == port) && tcpPorts.add(port);
    }

    /** Writes the listeners into the draft. */
    public void finish() {
        if (!has(Kind.HTTP)) {
            draft.comment(
                    Kind.HTTP.key(), "The listener for HTTP cannot be closed; here it is one of this machine only.");
            listeners.put(Kind.HTTP, new Address("127.0.0.1", 0));
        }
        boolean statsPortTaken = tcpPorts.contains(STATS_PORT)
                || listeners.values().stream().anyMatch(address -> address.port() == STATS_PORT);
        if (!has(Kind.STATS) && statsPortTaken) {
            draft.comment(
                    Kind.STATS.key(), "The default port, " + STATS_PORT + ", is taken; the log names the one in use.");
            listeners.put(Kind.STATS, new Address("127.0.0.1", 0));
        }
        listeners.forEach((kind, address) -> {
            if (!address.bind().equals(kind.defaultBind)) {
                draft.set(kind.key() + ".bind", address.bind());
            }
            draft.set(kind.key() + ".port", address.port());
        });
    }
}
