package io.ratemesh.node.settings;

import io.ratemesh.node.address.IpAddresses;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A network in CIDR notation, such as {@code 10.0.0.0/8} or {@code fd00::/8}, or a single address. */
public final class AddressRange {

    /** Host names do not match, so nothing here resolves one. */
    private static final Pattern RANGE =
            Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:/(\\d{1,3}))?");

    private static final int IPV4_BYTES = 4;

    /** The prefix of an IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2). */
    private static final int MAPPED_PREFIX_BITS = 96;

    private final byte[] network;
    private final int bits;
    private final String text;

    private AddressRange(byte[] network, int bits, String text) {
        this.network = network;
        this.bits = bits;
        this.text = text;
    }

    /** Parses a range; empty if the text is not one, or if the address has bits beyond the prefix. */
    public static Optional<AddressRange> parse(String text) {
        Matcher matcher = RANGE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        InetAddress parsed = IpAddresses.parse(matcher.group(1));
        if (parsed == null) {
            return Optional.empty();
        }
        byte[] address = parsed.getAddress();
        boolean mapped = address.length == IPV4_BYTES && matcher.group(1).indexOf(':') >= 0;
        int bits = matcher.group(2) == null
                ? address.length * 8
                : Integer.parseInt(matcher.group(2)) - (mapped ? MAPPED_PREFIX_BITS : 0);
        if (bits < 0 || bits > address.length * 8) {
            return Optional.empty();
        }
        AddressRange range = new AddressRange(address, bits, text);
        return range.hasBitsBeyondPrefix() ? Optional.empty() : Optional.of(range);
    }

    /** Whether one of the ranges contains the address. */
    public static boolean anyContains(List<AddressRange> ranges, InetAddress address) {
        for (AddressRange range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the address is in this range. An IPv4-mapped IPv6 address counts as IPv4. */
    public boolean contains(InetAddress address) {
        byte[] other = IpAddresses.unmapped(address).getAddress();
        if (other.length != network.length) {
            return false;
        }
        int whole = bits / 8;
        if (!Arrays.equals(network, 0, whole, other, 0, whole)) {
            return false;
        }
        int rest = bits % 8;
        return rest == 0 || (network[whole] ^ other[whole]) >> (8 - rest) << (8 - rest) == 0;
    }

    private boolean hasBitsBeyondPrefix() {
        for (int bit = bits; bit < network.length * 8; bit++) {
            if ((network[bit / 8] >> (7 - bit % 8) & 1) != 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressRange range && bits == range.bits && Arrays.equals(network, range.network);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(network) * 31 + bits;
    }

    @Override
    public String toString() {
        return text;
    }
}
