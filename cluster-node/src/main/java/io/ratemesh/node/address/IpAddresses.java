package io.ratemesh.node.address;

import io.netty.util.NetUtil;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * The text form of addresses in logs, fields, statistics and settings: RFC 5952 without a zone, and an IPv4-mapped IPv6 address
 * (RFC 4291 §2.5.5.2) as IPv4.
 */
public final class IpAddresses {

    /** The length of the prefix of an IPv4-mapped IPv6 address. */
    private static final int MAPPED_PREFIX_BYTES = 12;

    private IpAddresses() {}

    /** The text of an address. */
    public static String text(InetAddress address) {
        InetAddress plain = unmapped(address);
        // Java's text of an IPv6 address is not compressed and has the zone.
        return plain instanceof Inet6Address ? NetUtil.toAddressString(plain) : plain.getHostAddress();
    }

    /** The text of a socket address; null for one without an IP address, such as a Unix domain socket. */
    public static @Nullable String text(@Nullable SocketAddress end) {
        String written = end == null ? null : end.hostAddress();
        return written == null ? null : text(written);
    }

    /** The canonical text of an address; a host name is returned unchanged. */
    public static String text(String addressOrName) {
        if (addressOrName.indexOf(':') < 0) {
            return addressOrName;
        }
        InetAddress address = parse(addressOrName);
        return address == null ? addressOrName : text(address);
    }

    /** Parses an address with or without brackets and zone; null if it is not one. Never resolves a host name. */
    public static @Nullable InetAddress parse(String written) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(written);
        try {
            // getByAddress turns an IPv4-mapped address into IPv4.
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** The same address and port for Java; null for one without an IP address. */
    public static @Nullable InetSocketAddress socketAddress(@Nullable SocketAddress end) {
        String written = end == null ? null : end.hostAddress();
        InetAddress address = written == null ? null : parse(written);
        return end == null || address == null ? null : new InetSocketAddress(address, end.port());
    }

    /** The IPv4 address of an IPv4-mapped one, which native transports return; other addresses are returned unchanged. */
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
            throw new IllegalStateException("4 or 16 bytes are an address", e);
        }
    }

    /** {@code host:port} with an IPv6 address in brackets (RFC 3986 §3.2.2). */
    public static String withPort(String host, int port) {
        return (host.indexOf(':') < 0 ? host : "[" + text(host) + "]") + ":" + port;
    }
}
