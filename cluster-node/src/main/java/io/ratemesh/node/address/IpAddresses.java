package io.ratemesh.node.address;

import io.netty.util.NetUtil;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Addresses as logs, fields, statistics and settings have them: in the form of RFC 5952, without a zone, and one of IPv4 that is mapped
 * into IPv6 (RFC 4291 §2.5.5.2) as one of IPv4.
 */
public final class IpAddresses {

    /** Bytes of an address of IPv6 before the IPv4 one that is mapped into it. */
    private static final int MAPPED_PREFIX_BYTES = 12;

    private IpAddresses() {}

    /** An address as text. */
    public static String text(InetAddress address) {
        InetAddress plain = unmapped(address);
        // Java's own text of IPv6 is not compressed, and has the zone.
        return plain instanceof Inet6Address ? NetUtil.toAddressString(plain) : plain.getHostAddress();
    }

    /** The address of one end of a connection as text; null where it has none, as a socket that is a file. */
    public static @Nullable String text(@Nullable SocketAddress end) {
        String written = end == null ? null : end.hostAddress();
        return written == null ? null : text(written);
    }

    /** An address in the one form, however it is written; a name as it is. */
    public static String text(String addressOrName) {
        if (addressOrName.indexOf(':') < 0) {
            return addressOrName;
        }
        InetAddress address = parse(addressOrName);
        return address == null ? addressOrName : text(address);
    }

    /** The address that is written, with or without brackets and zone; null where it is none. Never asks for a name. */
    public static @Nullable InetAddress parse(String written) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(written);
        try {
            // Of bytes, Java itself makes one of IPv4 of one that is mapped.
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** The same address, as one of IPv4 where it is one that is mapped: some transports give those as they are. */
    public static InetAddress unmapped(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        for (int i = 0; i < MAPPED_PREFIX_BYTES; i++) {
            if (bytes[i] != (i < MAPPED_PREFIX_BYTES - 2 ? 0 : (byte) 0xFF)) {
                return address;
            }
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }

    /** As URIs and {@code Host} have both: an address of IPv6 in brackets (RFC 3986 §3.2.2). */
    public static String withPort(String host, int port) {
        return (host.indexOf(':') < 0 ? host : "[" + text(host) + "]") + ":" + port;
    }
}
