package io.ratemesh.node.cluster;

import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.SettingsException;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/** Resolves {@code cluster.bind} to the address that a node listens on and announces. */
public final class BindAddress {

    private static final String AUTO = "auto";

    private BindAddress() {}

    /**
     * Resolves the setting.
     *
     * @param setting an address, a host name, or {@code auto} for the first IPv4 address that is not loopback
     * @return a numeric address
     * @throws SettingsException if there is none, or if it is the wildcard, to which other nodes cannot connect
     */
    public static String resolve(String setting) {
        try {
            InetAddress address = AUTO.equals(setting) ? firstOutside() : InetAddress.getByName(setting);
            if (address.isAnyLocalAddress()) {
                throw new SettingsException("cluster.bind: \"" + setting
                        + "\" is not one address; use an address that other nodes can connect to, or auto");
            }
            return IpAddresses.text(address);
        } catch (IOException e) {
            throw new SettingsException("cluster.bind: \"" + setting
                    + "\" is not an address of this machine; use one of its addresses, or auto");
        }
    }

    private static InetAddress firstOutside() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .findFirst()
                .orElseThrow(() -> new SettingsException(
                        "cluster.bind: \"auto\" finds no address except loopback; use an address of this machine"));
    }
}
