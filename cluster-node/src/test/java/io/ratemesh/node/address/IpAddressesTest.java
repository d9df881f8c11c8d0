package io.ratemesh.node.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.SocketAddress;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpAddressesTest {

    @ParameterizedTest
    @CsvSource({
        "0:0:0:0:0:0:0:1, ::1",
        "::, ::",
        "2001:DB8::1, 2001:db8::1",
        "2001:0db8:0000:0000:0001:0000:0000:0001, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "0:0:0:0:0:0:0:1%0, ::1",
        "fe80::1%eth0, fe80::1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "0:0:0:0:0:ffff:c000:201, 192.0.2.1",
        "192.0.2.1, 192.0.2.1",
        "web.example, web.example",
        "not:an:address, not:an:address"
    })
    void an_address_has_one_form_however_it_is_written(String written, String text) {
        assertThat(IpAddresses.text(written)).isEqualTo(text);
    }

    @Test
    void one_that_a_transport_gives_has_no_zone_and_is_not_mapped() throws Exception {
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xFF;
        mapped[12] = 10;
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        InetAddress raw = Inet6Address.getByAddress(null, mapped, 0);

        assertThat(IpAddresses.text(raw)).isEqualTo("10.0.0.0");
        assertThat(IpAddresses.unmapped(raw)).isInstanceOf(Inet4Address.class);
        assertThat(IpAddresses.text(Inet6Address.getByAddress(null, loopback, 0)))
                .isEqualTo("::1");
        assertThat(IpAddresses.unmapped(Inet6Address.getByAddress(null, loopback, 0)))
                .isInstanceOf(Inet6Address.class);
    }

    @Test
    void the_end_of_a_connection_may_have_none() {
        assertThat(IpAddresses.text(SocketAddress.inetSocketAddress(80, "2001:DB8::1")))
                .isEqualTo("2001:db8::1");
        assertThat(IpAddresses.text(SocketAddress.domainSocketAddress("/run/a.sock")))
                .isNull();
        assertThat(IpAddresses.text((SocketAddress) null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"::1, 80, [::1]:80", "10.0.0.1, 80, 10.0.0.1:80", "web.example, 9102, web.example:9102"})
    void with_a_port_one_of_ipv6_is_in_brackets(String host, int port, String text) {
        assertThat(IpAddresses.withPort(host, port)).isEqualTo(text);
    }
}
