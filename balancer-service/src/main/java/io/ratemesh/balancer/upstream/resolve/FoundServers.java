package io.ratemesh.balancer.upstream.resolve;

import io.ratemesh.balancer.upstream.resolve.NameResolver.Resolved;
import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.DnsSettings;
import io.ratemesh.node.settings.ServerSettings;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The servers that DNS names at one moment.
 *
 * @param servers each once, in the order of their ids, so that the order of a response means nothing
 * @param timeToLive of the shortest record; zero where it is unknown
 */
record FoundServers(List<ServerSettings> servers, Duration timeToLive) {

    private static final int MAX_WEIGHT = 256;

    /** A server for each address of the family. */
    static FoundServers ofAddresses(Resolved resolved, DnsSettings dns) {
        boolean hasIpv4 = resolved.addresses().stream().anyMatch(Inet4Address.class::isInstance);
        return of(
                resolved.addresses().stream()
                        .filter(address -> isOf(dns.family(), address instanceof Inet4Address, hasIpv4))
                        .map(address -> server(address, dns.port()))
                        .toList(),
                resolved.timeToLive());
    }

    private static boolean isOf(DnsSettings.Family family, boolean ipv4, boolean hasIpv4) {
        return switch (family) {
            case AUTO -> ipv4 == hasIpv4;
            case IPV4 -> ipv4;
            case IPV6 -> !ipv4;
            case BOTH -> true;
        };
    }

    private static ServerSettings server(InetAddress address, int port) {
        return new ServerSettings(IpAddresses.text(address), port, 1, false);
    }

    /**
     * A server for each target. Those of the lowest priority get the requests, and the others are backups. Weights above 256 are scaled
     * down together. Records without a usable target are left out.
     */
    static FoundServers ofServices(List<ServiceRecord> records) {
        List<ServiceRecord> usable = records.stream()
                .filter(record -> record.port() > 0 && DnsSettings.isName(record.target()))
                .sorted(Comparator.comparingInt(ServiceRecord::priority))
                .toList();
        int first = usable.isEmpty() ? 0 : usable.get(0).priority();
        int heaviest = usable.stream().mapToInt(ServiceRecord::weight).max().orElse(0);
        return of(
                usable.stream()
                        .map(record -> new ServerSettings(
                                withoutDot(record.target()),
                                record.port(),
                                weight(record.weight(), heaviest),
                                record.priority() > first))
                        .toList(),
                usable.stream()
                        .map(ServiceRecord::timeToLive)
                        .min(Comparator.naturalOrder())
                        .orElse(Duration.ZERO));
    }

    private static int weight(int weight, int heaviest) {
        return Math.max(1, heaviest <= MAX_WEIGHT ? weight : Math.round((float) weight * MAX_WEIGHT / heaviest));
    }

    private static String withoutDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** Of two with the same id the first counts. */
    private static FoundServers of(List<ServerSettings> all, Duration timeToLive) {
        Map<String, ServerSettings> byId = new TreeMap<>();
        all.forEach(server -> byId.putIfAbsent(server.id(), server));
        return new FoundServers(List.copyOf(byId.values()), timeToLive);
    }

    /**
     * So many of them at most: those that are there already before others, and backups last.
     *
     * @param isPresent whether a server with this id is there
     */
    FoundServers atMost(int limit, Predicate<String> isPresent) {
        if (servers.size() <= limit) {
            return this;
        }
        List<ServerSettings> kept = servers.stream()
                .sorted(Comparator.comparing(ServerSettings::backup)
                        .thenComparing(server -> !isPresent.test(server.id())))
                .limit(limit)
                .toList();
        return of(kept, timeToLive);
    }
}
