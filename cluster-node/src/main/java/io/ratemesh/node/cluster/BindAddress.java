package io.ratemesh.node.cluster;

import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.AddressRange;
import io.ratemesh.node.settings.SettingsException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Collectors;

/** Resolves {@code cluster.bind} to the address that a node listens on and announces. */
public final class BindAddress {

    private static final String AUTO = "auto";

    private BindAddress() {}

    /**
     * Resolves the setting.
     *
     * @param setting an address, a network such as {@code 10.0.0.0/8}, an interface such as {@code eth0}, a host name, or
     *     {@code auto} for the first IPv4 address that is not loopback
     * @return a numeric address
     * @throws SettingsException if there is none or more than one, or if it is the wildcard, to which other nodes cannot connect
     */
    public static String resolve(String setting) {
        try {
            return resolve(setting, ofThisMachine());
        } catch (SocketException e) {
            throw fault(setting, "cannot be looked up (" + e.getMessage() + "); use an address");
        }
    }

    /** An address of this machine. */
    record LocalAddress(String networkInterface, InetAddress address) {

        @Override
        public String toString() {
            return IpAddresses.text(address) + " (" + networkInterface + ")";
        }
    }

    /** Resolves the setting on a machine with these addresses. */
    static String resolve(String setting, List<LocalAddress> addresses) {
        if (AUTO.equals(setting)) {
            return addresses.stream()
                    .map(LocalAddress::address)
                    .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                    .findFirst()
                    .map(IpAddresses::text)
                    .orElseThrow(
                            () -> fault(setting, "finds no address except loopback; use an address of this machine"));
        }
        if (setting.indexOf('/') >= 0) {
            AddressRange network = AddressRange.parse(setting)
                    .orElseThrow(
                            () -> fault(setting, "is not a valid network; use one such as 10.0.0.0/8 or fd00::/8"));
            List<LocalAddress> matching = addresses.stream()
                    .filter(local -> network.contains(local.address()))
                    .toList();
            return only(setting, matching, addresses);
        }
        List<LocalAddress> matching = addresses.stream()
                .filter(local -> local.networkInterface().equals(setting))
                .toList();
        return matching.isEmpty() ? named(setting, addresses) : only(setting, matching, addresses);
    }

    /** The one matching address. One of IPv4 is preferred, since most interfaces have an IPv6 address beside it. */
    private static String only(String setting, List<LocalAddress> matching, List<LocalAddress> addresses) {
        List<LocalAddress> ipv4 = matching.stream()
                .filter(local -> local.address() instanceof Inet4Address)
                .toList();
        List<LocalAddress> candidates = ipv4.isEmpty() ? matching : ipv4;
        if (candidates.isEmpty()) {
            throw fault(setting, "has no address of this machine; use one of " + listed(addresses) + ", or auto");
        }
        if (candidates.size() > 1) {
            throw fault(setting, "has several addresses of this machine; use one of " + listed(candidates));
        }
        return IpAddresses.text(candidates.get(0).address());
    }

    private static String named(String setting, List<LocalAddress> addresses) {
        try {
            InetAddress address = InetAddress.getByName(setting);
            if (address.isAnyLocalAddress()) {
                throw fault(setting, "is not one address; use an address that other nodes can connect to, or auto");
            }
            return IpAddresses.text(address);
        } catch (UnknownHostException e) {
            throw fault(
                    setting,
                    "is not an address, a network or an interface of this machine; use one of " + listed(addresses)
                            + ", or auto");
        }
    }

    /** Without link-local addresses, which need a zone to be connected to. */
    private static List<LocalAddress> ofThisMachine() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(each -> each.inetAddresses()
                        .filter(address -> !address.isLinkLocalAddress())
                        .map(address -> new LocalAddress(each.getName(), address)))
                .toList();
    }

    private static String listed(List<LocalAddress> addresses) {
        return addresses.stream().map(LocalAddress::toString).collect(Collectors.joining(", "));
    }

    private static SettingsException fault(String setting, String problem) {
        return new SettingsException("cluster.bind: \"" + setting + "\" " + problem);
    }
}
