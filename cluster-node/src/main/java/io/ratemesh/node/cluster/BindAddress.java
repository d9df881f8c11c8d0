package io.ratemesh.node.cluster;

import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.SettingsException;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/** Turns {@code cluster.bind} into the one address a node listens on and announces. */
public final class BindAddress {

    private static final String AUTO = "auto";

    private BindAddress() {}

    /**
     * Resolves the setting.
     *
     * @param setting an address, a name, or {@code auto} for the first IPv4 address that is not loopback
     * @return the address as digits
     * @throws SettingsException where there is none, or it is the wildcard, which nobody could connect to
     */
    public static String resolve(String setting) {
        try {
            InetAddress address = AUTO.equals(setting) ? firstOutside() : InetAddress.getByName(setting);
            if (address.isAnyLocalAddress()) {
                throw new SettingsException(
                        "cluster.bind: " + setting + " (expected: one address that others can connect to, or auto)");
            }
            return IpAddresses.text(address);
        } catch (IOException e) {
            throw new SettingsException(
                    "cluster.bind: " + setting + " (expected: an address of this machine, or auto)");
        }
    }

    private static InetAddress firstOutside() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .findFirst()
                .orElseThrow(() -> new SettingsException(
                        "cluster.bind: auto (expected: a machine with an address besides loopback)"));
    }
}
