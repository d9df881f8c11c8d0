package io.ratemesh.balancer.admin;

import io.ratemesh.node.address.IpAddresses;
import java.net.Inet6Address;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down who guesses: an address may fail ten times at once and then every two seconds. Until then it is not even listened to,
 * for otherwise guessing would go on. Of addresses the last that failed are remembered, 4096 of them, and of IPv6 the network of 64
 * bits, which one house has. One event loop owns it.
 */
final class FailedLogins {

    private static final int BURST = 10;
    private static final long EACH = Duration.ofSeconds(2).toNanos();
    private static final int REMEMBERED = 4096;
    private static final int NETWORK_BYTES = 8;

    /** When what each address failed is forgiven: each failure adds {@link #EACH}. */
    private final Map<String, Long> forgivenAt = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** How long this address is not listened to yet; zero where it is. */
    Duration refused(String address, long nowNanos) {
        Long until = forgivenAt.get(network(address));
        return until == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, until - nowNanos - (BURST - 1) * EACH));
    }

    /** One more failure. */
    void failed(String address, long nowNanos) {
        forgivenAt.merge(
                network(address),
                nowNanos + EACH,
                (before, ignored) -> (before - nowNanos > 0 ? before : nowNanos) + EACH);
    }

    int remembered() {
        return forgivenAt.size();
    }

    private static String network(String address) {
        return IpAddresses.parse(address) instanceof Inet6Address network
                ? HexFormat.of().formatHex(network.getAddress(), 0, NETWORK_BYTES)
                : address;
    }
}
