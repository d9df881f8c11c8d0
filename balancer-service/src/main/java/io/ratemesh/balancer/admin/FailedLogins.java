package io.ratemesh.balancer.admin;

import io.ratemesh.node.address.IpAddresses;
import java.net.Inet6Address;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down password guessing: an address may fail ten times at once, and then once every two seconds. Until then its requests are
 * rejected without looking at the password. The last 4096 addresses that failed are kept; an IPv6 address counts as its /64 network. One
 * event loop owns it.
 */
final class FailedLogins {

    private static final int BURST = 10;
    private static final long PENALTY = Duration.ofSeconds(2).toNanos();
    private static final int MAX_ADDRESSES = 4096;
    private static final int NETWORK_BYTES = 8;

    /** When the failures of each address expire; each failure adds {@link #PENALTY}. */
    private final Map<String, Long> expiryNanos = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };

    /** Returns how long the address is still blocked; zero if it is not. */
    Duration blockedFor(String address, long nowNanos) {
        Long until = expiryNanos.get(network(address));
        return until == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, until - nowNanos - (BURST - 1) * PENALTY));
    }

    /** Counts a failure. */
    void add(String address, long nowNanos) {
        expiryNanos.merge(
                network(address),
                nowNanos + PENALTY,
                (before, ignored) -> (before - nowNanos > 0 ? before : nowNanos) + PENALTY);
    }

    int size() {
        return expiryNanos.size();
    }

    private static String network(String address) {
        return IpAddresses.parse(address) instanceof Inet6Address network
                ? HexFormat.of().formatHex(network.getAddress(), 0, NETWORK_BYTES)
                : address;
    }
}
