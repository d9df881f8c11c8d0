package io.ratemesh.balancer.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy sends before its client's octets (HAProxy's doc/proxy-protocol.txt, version 1 and 2). Where it names no client that
 * came by TCP over IPv4 or IPv6, the peer itself is the client: a LOCAL connection, an UNKNOWN one, a UNIX socket, a datagram, a
 * family that is not known here.
 *
 * @param source the client; null where it is the peer itself
 * @param destination where the client connected to; null with {@code source}
 */
public record ProxyProtocolHeader(
        @Nullable InetSocketAddress source, @Nullable InetSocketAddress destination) {

    private static final ProxyProtocolHeader OF_THE_PEER = new ProxyProtocolHeader(null, null);

    private static final byte[] TEXT = "PROXY ".getBytes(ISO_8859_1);
    private static final byte[] SIGNATURE = "\r\n\r\n\0\r\nQUIT\n".getBytes(ISO_8859_1);

    /** Of version 1, its end included. */
    private static final int MAX_LINE = 107;

    private static final int FIXED_BYTES = 16;
    private static final int VERSION_2 = 0x20;
    private static final int LOCAL = 0;
    private static final int PROXY = 1;
    private static final int TCP_OVER_IPV4 = 0x11;
    private static final int TCP_OVER_IPV6 = 0x21;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int MAX_PORT = 65_535;
    private static final int TLV_HEAD_BYTES = 3;
    private static final int TLV_CRC32C = 3;
    private static final int CRC_BYTES = 4;

    /** That octets are no such header. */
    public static final class InvalidException extends Exception {

        private static final long serialVersionUID = 1;

        InvalidException(String message) {
            super(message, null, false, false);
        }
    }

    /** Reads one off the begin of what came so far; null, and nothing read, where more is needed. */
    static @Nullable ProxyProtocolHeader read(ByteBuf in) throws InvalidException {
        if (begins(in, TEXT)) {
            return in.readableBytes() < TEXT.length ? null : line(in);
        }
        if (begins(in, SIGNATURE)) {
            return in.readableBytes() < FIXED_BYTES ? begun(in) : binary(in);
        }
        throw new InvalidException("it begins with other octets");
    }

    private static boolean begins(ByteBuf in, byte[] with) {
        int length = Math.min(in.readableBytes(), with.length);
        for (int i = 0; i < length; i++) {
            if (in.getByte(in.readerIndex() + i) != with[i]) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable ProxyProtocolHeader line(ByteBuf in) throws InvalidException {
        int readable = Math.min(in.readableBytes(), MAX_LINE);
        int lf = in.indexOf(in.readerIndex(), in.readerIndex() + readable, (byte) '\n');
        if (lf < 0) {
            if (readable == MAX_LINE) {
                throw new InvalidException("the line is longer than 107 octets");
            }
            return null;
        }
        String line = in.toString(in.readerIndex(), lf - in.readerIndex(), ISO_8859_1);
        if (line.indexOf('\r') != line.length() - 1) {
            throw new InvalidException("the line does not end with CR and LF");
        }
        ProxyProtocolHeader header = of(line.substring(TEXT.length, line.length() - 1));
        in.readerIndex(lf + 1);
        return header;
    }

    private static ProxyProtocolHeader of(String said) throws InvalidException {
        if (said.equals("UNKNOWN") || said.startsWith("UNKNOWN ")) {
            return OF_THE_PEER;
        }
        String[] words = said.split(" ", -1);
        if (words.length != 5 || !(words[0].equals("TCP4") || words[0].equals("TCP6"))) {
            throw new InvalidException("the line is neither UNKNOWN nor TCP4 or TCP6 with two addresses and two ports");
        }
        boolean four = words[0].equals("TCP4");
        return new ProxyProtocolHeader(
                new InetSocketAddress(address(words[1], four), port(words[3])),
                new InetSocketAddress(address(words[2], four), port(words[4])));
    }

    private static InetAddress address(String text, boolean four) throws InvalidException {
        if (four) {
            return address(ipv4(text));
        }
        // A zone or brackets, which this would take, are no part of an address here.
        boolean plain = text.indexOf('%') < 0 && text.indexOf('[') < 0;
        byte[] octets =
                plain && NetUtil.isValidIpV6Address(text) ? NetUtil.createByteArrayFromIpAddressString(text) : null;
        if (octets == null) {
            throw new InvalidException("no address of IPv6: " + text);
        }
        return address(octets);
    }

    private static byte[] ipv4(String text) throws InvalidException {
        String[] numbers = text.split("\\.", -1);
        byte[] octets = new byte[IPV4_BYTES];
        if (numbers.length != IPV4_BYTES) {
            throw new InvalidException("no address of IPv4: " + text);
        }
        for (int i = 0; i < IPV4_BYTES; i++) {
            octets[i] = (byte) number(numbers[i], 255);
        }
        return octets;
    }

    private static int port(String text) throws InvalidException {
        return number(text, MAX_PORT);
    }

    /** Decimal digits, without zeros before them: they could be read as octal. */
    private static int number(String text, int most) throws InvalidException {
        int number = text.isEmpty() || (text.length() > 1 && text.charAt(0) == '0') ? most + 1 : 0;
        for (int i = 0; i < text.length() && number <= most; i++) {
            char c = text.charAt(i);
            number = c >= '0' && c <= '9' ? number * 10 + c - '0' : most + 1;
        }
        if (number > most) {
            throw new InvalidException("no number from 0 to " + most + ": " + text);
        }
        return number;
    }

    /** What can be said of the fixed part before it is whole: a version or a command that is none. */
    private static @Nullable ProxyProtocolHeader begun(ByteBuf in) throws InvalidException {
        if (in.readableBytes() > SIGNATURE.length) {
            command(in);
        }
        return null;
    }

    private static int command(ByteBuf in) throws InvalidException {
        int octet = in.getUnsignedByte(in.readerIndex() + SIGNATURE.length);
        if (octet != (VERSION_2 | LOCAL) && octet != (VERSION_2 | PROXY)) {
            throw new InvalidException("no version and command: 0x" + Integer.toHexString(octet));
        }
        return octet & 0xf;
    }

    private static @Nullable ProxyProtocolHeader binary(ByteBuf in) throws InvalidException {
        int command = command(in);
        int at = in.readerIndex();
        int length = in.getUnsignedShort(at + FIXED_BYTES - 2);
        if (in.readableBytes() < FIXED_BYTES + length) {
            return null;
        }
        ProxyProtocolHeader header = command == LOCAL ? OF_THE_PEER : proxied(in.slice(at, FIXED_BYTES + length));
        in.skipBytes(FIXED_BYTES + length);
        return header;
    }

    private static ProxyProtocolHeader proxied(ByteBuf header) throws InvalidException {
        int family = header.getUnsignedByte(SIGNATURE.length + 1);
        if (family != TCP_OVER_IPV4 && family != TCP_OVER_IPV6) {
            return OF_THE_PEER;
        }
        int size = family == TCP_OVER_IPV4 ? IPV4_BYTES : IPV6_BYTES;
        int tlvs = FIXED_BYTES + 2 * size + 4;
        if (header.readableBytes() < tlvs) {
            throw new InvalidException("it is too short for two addresses and two ports");
        }
        fields(header, tlvs);
        return new ProxyProtocolHeader(
                new InetSocketAddress(
                        address(header, FIXED_BYTES, size), header.getUnsignedShort(FIXED_BYTES + 2 * size)),
                new InetSocketAddress(
                        address(header, FIXED_BYTES + size, size),
                        header.getUnsignedShort(FIXED_BYTES + 2 * size + 2)));
    }

    /** Judges what follows the addresses: type, length and value, each whole. */
    private static void fields(ByteBuf header, int from) throws InvalidException {
        int at = from;
        int end = header.readableBytes();
        while (at < end) {
            int value = at + TLV_HEAD_BYTES;
            int next = value > end ? end + 1 : value + header.getUnsignedShort(at + 1);
            if (next > end) {
                throw new InvalidException("a field is longer than what is left");
            }
            if (header.getUnsignedByte(at) == TLV_CRC32C) {
                checksum(header, value, next - value);
            }
            at = next;
        }
    }

    private static void checksum(ByteBuf header, int at, int length) throws InvalidException {
        byte[] octets = new byte[header.readableBytes()];
        header.getBytes(0, octets);
        if (length == CRC_BYTES) {
            Arrays.fill(octets, at, at + CRC_BYTES, (byte) 0);
            CRC32C crc = new CRC32C();
            crc.update(octets);
            if (crc.getValue() == header.getUnsignedInt(at)) {
                return;
            }
        }
        throw new InvalidException("its checksum is another");
    }

    private static InetAddress address(ByteBuf header, int at, int size) throws InvalidException {
        byte[] octets = new byte[size];
        header.getBytes(at, octets);
        return address(octets);
    }

    /** One of IPv4 that is mapped into IPv6 becomes what it is. */
    private static InetAddress address(byte[] octets) throws InvalidException {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new InvalidException("no address: " + e.getMessage());
        }
    }
}
