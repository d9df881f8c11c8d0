package io.ratemesh.balancer.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.node.settings.AddressRange;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNetworkTest {

    @Test
    void an_IPv4_address_mapped_into_IPv6_is_the_same_client() throws UnknownHostException {
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xFF;
        mapped[12] = (byte) 192;
        mapped[14] = 2;
        mapped[15] = 1;

        InetAddress given = Inet6Address.getByAddress(null, mapped, 0);

        assertThat(ClientNetwork.of(given)).isEqualTo(ClientNetwork.of(InetAddress.getByName("192.0.2.1")));
        assertThat(ClientNetwork.limited(
                        given, List.of(AddressRange.parse("192.0.2.0/24").orElseThrow())))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "192.0.2.1, 192.0.3.1, false",
        "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "0.0.0.1, ::1, false",
    })
    void a_client_is_an_IPv4_address_or_an_IPv6_network(String one, String other, boolean same)
            throws UnknownHostException {
        assertThat(ClientNetwork.of(InetAddress.getByName(one)) == ClientNetwork.of(InetAddress.getByName(other)))
                .isEqualTo(same);
    }
}
