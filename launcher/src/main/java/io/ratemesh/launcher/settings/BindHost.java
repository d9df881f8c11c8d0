package io.ratemesh.launcher.settings;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;

/** Where the nodes of this machine listen for each other. */
public final class BindHost {

    private static final String LOOPBACK = "127.0.0.1";

    private BindHost() {}

    /** What {@code cluster.bind} stands for; {@code auto} is the first IPv4 address that is not loopback. */
    public static String of(GivenSettings given) {
        return given.text("cluster.bind")
                .flatMap(bind -> bind.equals("auto") ? firstOutside() : Optional.of(bind))
                .orElse(LOOPBACK);
    }

    private static Optional<String> firstOutside() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .map(InetAddress::getHostAddress)
                    .findFirst();
        } catch (SocketException e) {
            return Optional.empty();
        }
    }
}
