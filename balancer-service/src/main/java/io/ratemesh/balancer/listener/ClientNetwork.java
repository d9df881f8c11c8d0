package io.ratemesh.balancer.listener;

import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.AddressRange;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The unit that limits count as one client: an IPv4 address, or the first 64 bits of an IPv6 address. A site has at least those 64 bits,
 * so one client cannot appear as 2^64 clients.
 */
public final class ClientNetwork {

    private static final int PREFIX_BYTES = 8;

    /** The high bits for an IPv4 address; no IPv6 address in use starts with them (they are in ::/8, RFC 4291 §2.4). */
    private static final long VERSION_4 = 0x0000_FFFFL << 32;

    private ClientNetwork() {}

    /**
     * The client at an address; null where no limit applies: this machine, or a trusted proxy, which stands for many clients.
     *
     * @param proxies that are trusted
     */
    public static @Nullable Long limited(InetAddress at, List<AddressRange> proxies) {
        InetAddress address = IpAddresses.unmapped(at);
        return address.isLoopbackAddress() || AddressRange.anyContains(proxies, address) ? null : of(address);
    }

    /** The client at an address, as a number. */
    public static long of(InetAddress address) {
        byte[] bytes = IpAddresses.unmapped(address).getAddress();
        long number = 0;
        for (int i = 0; i < Math.min(bytes.length, PREFIX_BYTES); i++) {
            number = number << 8 | (bytes[i] & 0xFF);
        }
        return bytes.length < PREFIX_BYTES ? VERSION_4 | number : number;
    }
}
