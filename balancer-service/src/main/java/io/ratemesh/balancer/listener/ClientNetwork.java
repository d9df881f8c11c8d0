package io.ratemesh.balancer.listener;

import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.AddressRange;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom limits count as one client: an address of IPv4, and of IPv6 the first 64 bits, which is what a site has at least, so
 * that nobody is 2^64 clients.
 */
public final class ClientNetwork {

    private static final int PREFIX_BYTES = 8;

    /** Before an address of IPv4; no address of IPv6 that is in use begins with it (it is of ::/8, RFC 4291 §2.4). */
    private static final long VERSION_4 = 0x0000_FFFFL << 32;

    private ClientNetwork() {}

    /**
     * Whom limits count at an address; null where that is nobody in particular: this machine, or a proxy behind which are many.
     *
     * @param proxies that are trusted
     */
    public static @Nullable Long limited(InetAddress at, List<AddressRange> proxies) {
        InetAddress address = IpAddresses.unmapped(at);
        return address.isLoopbackAddress() || AddressRange.anyContains(proxies, address) ? null : of(address);
    }

    /** The client as a number. */
    public static long of(InetAddress address) {
        byte[] octets = IpAddresses.unmapped(address).getAddress();
        long number = 0;
        for (int i = 0; i < Math.min(octets.length, PREFIX_BYTES); i++) {
            number = number << 8 | (octets[i] & 0xFF);
        }
        return octets.length < PREFIX_BYTES ? VERSION_4 | number : number;
    }
}
