package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.http.TrustedProxies;
import io.ratemesh.node.settings.AddressRange;
import io.vertx.core.net.SocketAddress;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

    private final TrustedProxies proxies =
            TrustedProxies.of(Stream.of("10.1.0.0/16", "192.0.2.7", "fd00:1::/32", "2001:db8::5")
                    .map(text -> AddressRange.parse(text).orElseThrow())
                    .toList());

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0, true",
        "10.1.255.255, true",
        "10.2.0.0, false",
        "::ffff:10.1.0.1, true",
        "::ffff:10.2.0.1, false",
        "192.0.2.7, true",
        "192.0.2.8, false",
        "fd00:1:ffff::1, true",
        "fd00:2::1, false",
        "2001:db8::5, true",
        "2001:db8::6, false"
    })
    void knows_the_addresses_of_its_networks(String address, boolean trusted) {
        assertThat(proxies.trusts(SocketAddress.inetSocketAddress(4711, address)))
                .isEqualTo(trusted);
    }

    @Test
    void trusts_nobody_where_none_are_named() {
        assertThat(TrustedProxies.NONE.trusts(SocketAddress.inetSocketAddress(1, "127.0.0.1")))
                .isFalse();
        assertThat(proxies.trusts(null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "proxy.example/8", "10.0.0.0/33", "10.0.0.0/x", "fd00::/129", "/8"})
    void what_is_no_network_cannot_be_named_and_no_name_server_is_asked(String network) {
        assertThat(AddressRange.parse(network)).isEmpty();
    }
}
