package io.ratemesh.balancer.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.node.settings.AddressRange;
import io.ratemesh.node.settings.TcpSettings;
import java.net.InetAddress;
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
    void one_too_many_of_all_is_refused_until_another_leaves() {
        TcpAdmission gate = gate(2, 0);
        TcpSession first = enter(gate, "192.0.2.1");
        enter(gate, "192.0.2.2");

        assertThat(gate.enter(address("192.0.2.3"), false)).isNull();
        assertThat(gate.refused()).isEqualTo(1);

        first.leave();
        first.leave();
        enter(gate, "192.0.2.3");
        assertThat(gate.enter(address("192.0.2.4"), false))
                .as("who leaves twice leaves once")
                .isNull();
        assertThat(gate.limit().maxOpen()).isEqualTo(2);
    }

    @Test
    void what_one_client_has_takes_nothing_from_another() {
        TcpAdmission gate = gate(10, 1);
        enter(gate, "2001:db8::1");

        assertThat(gate.enter(address("2001:db8::2"), false))
                .as("the same site")
                .isNull();
        enter(gate, "2001:db8:0:1::1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "10.1.2.3"})
    void loopback_and_trusted_proxies_are_no_clients(String address) {
        trusted.add(AddressRange.parse("10.0.0.0/8").orElseThrow());
        TcpAdmission gate = gate(2, 1);

        enter(gate, address);
        enter(gate, address);
        assertThat(gate.enter(address(address), false)).as("of all").isNull();
    }

    @Test
    void where_proxies_are_trusted_nobody_else_may_introduce_a_client() {
        TcpAdmission gate = gate(10, 0);
        assertThat(gate.enter(address("192.0.2.1"), true)).isNotNull();

        trusted.add(AddressRange.parse("10.0.0.0/8").orElseThrow());

        assertThat(gate.enter(address("192.0.2.1"), true)).isNull();
        assertThat(gate.enter(address("10.0.0.1"), true)).isNotNull();
    }

    @Test
    void who_is_introduced_counts_from_then_on_and_no_more_once_refused() {
        TcpAdmission gate = gate(10, 1);
        TcpSession one = Objects.requireNonNull(gate.enter(address("127.0.0.1"), true));
        TcpSession two = Objects.requireNonNull(gate.enter(address("127.0.0.1"), true));
        assertThat(gate.limit().open()).isEqualTo(2);

        assertThat(one.introduce(address("192.0.2.1"))).isTrue();
        assertThat(one.from()).isEqualTo(address("192.0.2.1"));
        assertThat(two.introduce(address("192.0.2.1"))).isFalse();
        assertThat(gate.limit().open()).isEqualTo(1);
        two.leave();
        assertThat(gate.limit().open()).isEqualTo(1);

        one.leave();
        assertThat(gate.limit().open()).isZero();
        enter(gate, "192.0.2.1");
    }

    @Test
    void other_limits_hold_for_those_who_come_then() {
        TcpAdmission gate = gate(10, 0);
        enter(gate, "192.0.2.1");
        enter(gate, "192.0.2.1");

        gate.use(new TcpSettings.Limits(10, 2));
        assertThat(gate.enter(address("192.0.2.1"), false)).isNull();

        gate.use(new TcpSettings.Limits(2, 0));
        assertThat(gate.enter(address("192.0.2.2"), false)).isNull();
    }

    private TcpAdmission gate(int connections, int perClient) {
        return new TcpAdmission(() -> trusted, new TcpSettings.Limits(connections, perClient));
    }

    private static TcpSession enter(TcpAdmission gate, String address) {
        return Objects.requireNonNull(gate.enter(address(address), false), address);
    }

    private static InetAddress address(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
