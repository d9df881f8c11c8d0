package io.ratemesh.balancer.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNetworkTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "192.0.2.1, 192.0.3.1, false",
        "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "0.0.0.1, ::1, false",
    })
    void a_client_is_an_address_of_version_4_and_a_network_of_version_6(String one, String other, boolean same)
            throws UnknownHostException {
        assertThat(ClientNetwork.of(InetAddress.getByName(one)) == ClientNetwork.of(InetAddress.getByName(other)))
                .isEqualTo(same);
    }
}
