package io.ratemesh.balancer.upstream.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.ConnectionSettings.ProxyVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Writes the header of the PROXY protocol (HAProxy's doc/proxy-protocol.txt) with which a connection to a server begins. Without a client
 * it is LOCAL (version 2) or UNKNOWN (version 1): the server takes the balancer for the client.
 */
public final class SentProxyHeader {

    private static final byte[] SIGNATURE = "\r\n\r\n\0\r\nQUIT\n".getBytes(ISO_8859_1);
    private static final String UNKNOWN = "PROXY UNKNOWN\r\n";
    private static final int VERSION_2_LOCAL = 0x20;
    private static final int VERSION_2_PROXY = 0x21;
    private static final int UNSPECIFIED = 0;
    private static final int TCP_OVER_IPV4 = 0x11;
    private static final int TCP_OVER_IPV6 = 0x21;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int PORT_BYTES = 2;

    private SentProxyHeader() {}

    /** The header in a new buffer. */
    public static ByteBuf of(ProxyVersion version, ClientAddresses client, ByteBufAllocator alloc) {
        InetSocketAddress source = client.source();
        InetSocketAddress destination = client.destination();
        ByteBuf out = alloc.buffer();
        if (source == null || destination == null || source.getAddress() == null || destination.getAddress() == null) {
            writeUnknown(version, out);
        } else if (version == ProxyVersion.V1) {
            out.writeCharSequence(text(source, destination), US_ASCII);
        } else {
            writeBinary(source, destination, out);
        }
        return out;
    }

    private static void writeUnknown(ProxyVersion version, ByteBuf out) {
        if (version == ProxyVersion.V1) {
            out.writeCharSequence(UNKNOWN, US_ASCII);
        } else {
            out.writeBytes(SIGNATURE)
                    .writeByte(VERSION_2_LOCAL)
                    .writeByte(UNSPECIFIED)
                    .writeShort(0);
        }
    }

    private static String text(InetSocketAddress source, InetSocketAddress destination) {
        boolean ipv6 = isIpv6(source) || isIpv6(destination);
        return "PROXY " + (ipv6 ? "TCP6 " : "TCP4 ") + text(source.getAddress(), ipv6) + " "
                + text(destination.getAddress(), ipv6) + " " + source.getPort() + " " + destination.getPort() + "\r\n";
    }

    /** Both addresses are of one version, so an IPv4 address may have to be written as IPv6. */
    private static String text(InetAddress address, boolean asIpv6) {
        String text = IpAddresses.text(IpAddresses.unmapped(address));
        return asIpv6 && text.indexOf(':') < 0 ? "::ffff:" + text : text;
    }

    private static void writeBinary(InetSocketAddress source, InetSocketAddress destination, ByteBuf out) {
        boolean ipv6 = isIpv6(source) || isIpv6(destination);
        out.writeBytes(SIGNATURE)
                .writeByte(VERSION_2_PROXY)
                .writeByte(ipv6 ? TCP_OVER_IPV6 : TCP_OVER_IPV4)
                .writeShort(2 * ((ipv6 ? IPV6_BYTES : IPV4_BYTES) + PORT_BYTES));
        writeAddress(source.getAddress(), ipv6, out);
        writeAddress(destination.getAddress(), ipv6, out);
        out.writeShort(source.getPort()).writeShort(destination.getPort());
    }

    private static void writeAddress(InetAddress address, boolean asIpv6, ByteBuf out) {
        byte[] bytes = IpAddresses.unmapped(address).getAddress();
        if (asIpv6 && bytes.length == IPV4_BYTES) {
            out.writeZero(IPV6_BYTES - IPV4_BYTES - 2).writeShort(0xffff);
        }
        out.writeBytes(bytes);
    }

    private static boolean isIpv6(InetSocketAddress address) {
        return IpAddresses.unmapped(address.getAddress()).getAddress().length == IPV6_BYTES;
    }
}
