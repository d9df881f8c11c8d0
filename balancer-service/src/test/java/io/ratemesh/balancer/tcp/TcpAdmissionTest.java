package io.ratemesh.balancer.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.node.settings.AddressRange;
import io.ratemesh.node.settings.TcpSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpAdmissionTest {

    private final List<AddressRange> trusted = new ArrayList<>();

    @Test
    void a_connection_over_the_limit_is_refused_until_another_closes() {
        TcpAdmission admission = admission(2, 0);
        TcpSession first = admit(admission, "192.0.2.1");
        admit(admission, "192.0.2.2");

        assertThat(admission.admit(address("192.0.2.3"), false)).isNull();
        assertThat(admission.refused()).isEqualTo(1);

        first.close();
        first.close();
        admit(admission, "192.0.2.3");
        assertThat(admission.admit(address("192.0.2.4"), false))
                .as("a second close has no effect")
                .isNull();
        assertThat(admission.limit().maxOpen()).isEqualTo(2);
    }

    @Test
    void clients_are_limited_separately() {
        TcpAdmission admission = admission(10, 1);
        admit(admission, "2001:db8::1");

        assertThat(admission.admit(address("2001:db8::2"), false))
                .as("the same site")
                .isNull();
        admit(admission, "2001:db8:0:1::1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "10.1.2.3"})
    void loopback_and_trusted_proxies_are_not_limited_as_clients(String address) {
        trusted.add(AddressRange.parse("10.0.0.0/8").orElseThrow());
        TcpAdmission admission = admission(2, 1);

        admit(admission, address);
        admit(admission, address);
        assertThat(admission.admit(address(address), false)).as("of all").isNull();
    }

    @Test
    void with_trusted_proxies_no_other_may_use_the_PROXY_protocol() {
        TcpAdmission admission = admission(10, 0);
        assertThat(admission.admit(address("192.0.2.1"), true)).isNotNull();

        trusted.add(AddressRange.parse("10.0.0.0/8").orElseThrow());

        assertThat(admission.admit(address("192.0.2.1"), true)).isNull();
        assertThat(admission.admit(address("10.0.0.1"), true)).isNotNull();
    }

    @Test
    void an_identified_client_counts_from_then_on_and_a_refused_one_no_more() {
        TcpAdmission admission = admission(10, 1);
        TcpSession one = Objects.requireNonNull(admission.admit(address("127.0.0.1"), true));
        TcpSession two = Objects.requireNonNull(admission.admit(address("127.0.0.1"), true));
        assertThat(admission.limit().open()).isEqualTo(2);

        assertThat(one.identify(new InetSocketAddress(address("192.0.2.1"), 4000), null))
                .isTrue();
        assertThat(one.client()).isEqualTo(address("192.0.2.1"));
        assertThat(two.identify(new InetSocketAddress(address("192.0.2.1"), 4001), null))
                .isFalse();
        assertThat(admission.limit().open()).isEqualTo(1);
        two.close();
        assertThat(admission.limit().open()).isEqualTo(1);

        one.close();
        assertThat(admission.limit().open()).isZero();
        admit(admission, "192.0.2.1");
    }

    @Test
    void new_limits_apply_to_new_connections() {
        TcpAdmission admission = admission(10, 0);
        admit(admission, "192.0.2.1");
        admit(admission, "192.0.2.1");

        admission.configure(new TcpSettings.Limits(10, 2));
        assertThat(admission.admit(address("192.0.2.1"), false)).isNull();

        admission.configure(new TcpSettings.Limits(2, 0));
        assertThat(admission.admit(address("192.0.2.2"), false)).isNull();
    }

    private TcpAdmission admission(int connections, int perClient) {
        return new TcpAdmission(() -> trusted, new TcpSettings.Limits(connections, perClient));
    }

    private static TcpSession admit(TcpAdmission admission, String address) {
        return Objects.requireNonNull(admission.admit(address(address), false), address);
    }

    private static InetAddress address(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
