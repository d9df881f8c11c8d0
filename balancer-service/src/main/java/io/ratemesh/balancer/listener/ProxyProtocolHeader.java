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
 * A PROXY protocol header, version 1 or 2 (HAProxy's doc/proxy-protocol.txt). The peer itself is the client where the header gives no
 * client over TCP and IPv4 or IPv6: for LOCAL, UNKNOWN, a UNIX socket, a datagram, or an unknown family.
 *
 * @param source the client; null for the peer itself
 * @param destination that the client connected to; null with {@code source}
 */
public record ProxyProtocolHeader(
        @Nullable InetSocketAddress source, @Nullable InetSocketAddress destination) {

    private static final ProxyProtocolHeader OF_THE_PEER = new ProxyProtocolHeader(null, null);

    private static final byte[] TEXT = "PROXY ".getBytes(ISO_8859_1);
    private static final byte[] SIGNATURE = "\r\n\r\n\0\r\nQUIT\n".getBytes(ISO_8859_1);

    /** In version 1, with its end. */
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

    /** The bytes are not a valid header. */
    public static final class InvalidException extends Exception {

        private static final long serialVersionUID = 1;

        InvalidException(String message) {
            super(message, null, false, false);
        }
    }

    /** Reads a header from the start of the bytes; null, and nothing read, where more bytes are needed. */
    static @Nullable ProxyProtocolHeader read(ByteBuf in) throws InvalidException {
        if (startsWith(in, TEXT)) {
            return in.readableBytes() < TEXT.length ? null : readText(in);
        }
        if (startsWith(in, SIGNATURE)) {
            if (in.readableBytes() > SIGNATURE.length) {
                return readBinary(in, command(in));
            }
            return null;
        }
        throw new InvalidException("it starts with other bytes");
    }

    private static boolean startsWith(ByteBuf in, byte[] prefix) {
        int length = Math.min(in.readableBytes(), prefix.length);
        for (int i = 0; i < length; i++) {
            if (in.getByte(in.readerIndex() + i) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable ProxyProtocolHeader readText(ByteBuf in) throws InvalidException {
        int readable = Math.min(in.readableBytes(), MAX_LINE);
        int lf = in.indexOf(in.readerIndex(), in.readerIndex() + readable, (byte) '\n');
        if (lf < 0) {
            if (readable == MAX_LINE) {
                throw new InvalidException("the line is longer than 107 bytes");
            }
            return null;
        }
        String line = in.toString(in.readerIndex(), lf - in.readerIndex(), ISO_8859_1);
        if (line.indexOf('\r') != line.length() - 1) {
            throw new InvalidException("the line does not end with CR and LF");
        }
        ProxyProtocolHeader header = parse(line.substring(TEXT.length, line.length() - 1));
        in.readerIndex(lf + 1);
        return header;
    }

    private static ProxyProtocolHeader parse(String line) throws InvalidException {
        if (line.equals("UNKNOWN") || line.startsWith("UNKNOWN ")) {
            return OF_THE_PEER;
        }
        String[] words = line.split(" ", -1);
        if (words.length != 5 || !(words[0].equals("TCP4") || words[0].equals("TCP6"))) {
            throw new InvalidException("the line is neither UNKNOWN nor TCP4 or TCP6 with two addresses and two ports");
        }
        boolean ipv4 = words[0].equals("TCP4");
        return new ProxyProtocolHeader(
                new InetSocketAddress(parseAddress(words[1], ipv4), parsePort(words[3])),
                new InetSocketAddress(parseAddress(words[2], ipv4), parsePort(words[4])));
    }

    private static InetAddress parseAddress(String text, boolean ipv4) throws InvalidException {
        return address(ipv4 ? parseIpv4(text) : parseIpv6(text));
    }

    private static byte[] parseIpv6(String text) throws InvalidException {
        // Netty accepts a zone and brackets, which the protocol does not.
        boolean plain = text.indexOf('%') < 0 && text.indexOf('[') < 0;
        byte[] bytes =
                plain && NetUtil.isValidIpV6Address(text) ? NetUtil.createByteArrayFromIpAddressString(text) : null;
        if (bytes == null) {
            throw new InvalidException("not an IPv6 address: " + text);
        }
        return bytes;
    }

    private static byte[] parseIpv4(String text) throws InvalidException {
        String[] numbers = text.split("\\.", -1);
        byte[] bytes = new byte[IPV4_BYTES];
        if (numbers.length != IPV4_BYTES) {
            throw new InvalidException("not an IPv4 address: " + text);
        }
        for (int i = 0; i < IPV4_BYTES; i++) {
            bytes[i] = (byte) parseNumber(numbers[i], 255);
        }
        return bytes;
    }

    private static int parsePort(String text) throws InvalidException {
        return parseNumber(text, MAX_PORT);
    }

    /** Decimal digits without leading zeros, which some would read as octal. */
    private static int parseNumber(String text, int max) throws InvalidException {
        int number = text.isEmpty() || (text.length() > 1 && text.charAt(0) == '0') ? max + 1 : 0;
        for (int i = 0; i < text.length() && number <= max; i++) {
            char c = text.charAt(i);
            number = c >= '0' && c <= '9' ? number * 10 + c - '0' : max + 1;
        }
        if (number > max) {
            throw new InvalidException("not a number from 0 to " + max + ": " + text);
        }
        return number;
    }

    private static int command(ByteBuf in) throws InvalidException {
        int versionAndCommand = in.getUnsignedByte(in.readerIndex() + SIGNATURE.length);
        if (versionAndCommand != (VERSION_2 | LOCAL) && versionAndCommand != (VERSION_2 | PROXY)) {
            throw new InvalidException("unknown version or command: 0x" + Integer.toHexString(versionAndCommand));
        }
        return versionAndCommand & 0xf;
    }

    private static @Nullable ProxyProtocolHeader readBinary(ByteBuf in, int command) throws InvalidException {
        if (in.readableBytes() < FIXED_BYTES) {
            return null;
        }
        int start = in.readerIndex();
        int length = FIXED_BYTES + in.getUnsignedShort(start + FIXED_BYTES - 2);
        if (in.readableBytes() < length) {
            return null;
        }
        ProxyProtocolHeader header = command == LOCAL ? OF_THE_PEER : proxied(in.slice(start, length));
        in.skipBytes(length);
        return header;
    }

    private static ProxyProtocolHeader proxied(ByteBuf header) throws InvalidException {
        int family = header.getUnsignedByte(SIGNATURE.length + 1);
        if (family != TCP_OVER_IPV4 && family != TCP_OVER_IPV6) {
            return OF_THE_PEER;
        }
        int size = family == TCP_OVER_IPV4 ? IPV4_BYTES : IPV6_BYTES;
        int fields = FIXED_BYTES + 2 * size + 4;
        if (header.readableBytes() < fields) {
            throw new InvalidException("it is too short for two addresses and two ports");
        }
        checkFields(header, fields);
        return new ProxyProtocolHeader(
                new InetSocketAddress(
                        address(header, FIXED_BYTES, size), header.getUnsignedShort(FIXED_BYTES + 2 * size)),
                new InetSocketAddress(
                        address(header, FIXED_BYTES + size, size),
                        header.getUnsignedShort(FIXED_BYTES + 2 * size + 2)));
    }

    /** Checks what follows the addresses: type, length and value, all complete. */
    private static void checkFields(ByteBuf header, int from) throws InvalidException {
        int field = from;
        int end = header.readableBytes();
        while (field < end) {
            int value = field + TLV_HEAD_BYTES;
            int next = value > end ? end + 1 : value + header.getUnsignedShort(field + 1);
            if (next > end) {
                throw new InvalidException("a field is longer than the rest of the header");
            }
            if (header.getUnsignedByte(field) == TLV_CRC32C) {
                checkCrc(header, value, next - value);
            }
            field = next;
        }
    }

    private static void checkCrc(ByteBuf header, int at, int length) throws InvalidException {
        byte[] bytes = new byte[header.readableBytes()];
        header.getBytes(0, bytes);
        if (length == CRC_BYTES) {
            Arrays.fill(bytes, at, at + CRC_BYTES, (byte) 0);
            CRC32C crc = new CRC32C();
            crc.update(bytes);
            if (crc.getValue() == header.getUnsignedInt(at)) {
                return;
            }
        }
        throw new InvalidException("its checksum is wrong");
    }

    private static InetAddress address(ByteBuf header, int at, int size) throws InvalidException {
        byte[] bytes = new byte[size];
        header.getBytes(at, bytes);
        return address(bytes);
    }

    /** An IPv4 address that is mapped into IPv6 becomes one of IPv4. */
    private static InetAddress address(byte[] bytes) throws InvalidException {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new InvalidException("not an address: " + e.getMessage());
        }
    }
}
