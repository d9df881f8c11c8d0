package io.ratemesh.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.node.cluster.BindAddress.LocalAddress;
import io.ratemesh.node.settings.SettingsException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BindAddressTest {

    @Test
    void a_name_becomes_digits() {
        assertThat(BindAddress.resolve("127.0.0.1")).isEqualTo("127.0.0.1");
        assertThat(BindAddress.resolve("localhost")).isIn("127.0.0.1", "::1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "no.such.host.invalid", "127.0.0.1.1"})
    void an_address_that_others_cannot_connect_to_is_rejected(String setting) {
        assertThatThrownBy(() -> BindAddress.resolve(setting))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("cluster.bind: \"" + setting + "\" is not ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auto        | 172.18.0.2",
                "10.0.0.0/8  | 10.1.0.2",
                "10.2.0.0/16 | 10.2.0.3",
                "fd00::/8    | fd00::2",
                "127.0.0.1/32| 127.0.0.1",
                "eth0        | 172.18.0.2",
                "eth1        | 10.1.0.2",
                "eth2        | fd00::2",
                "lo          | 127.0.0.1",
                "192.0.2.1   | 192.0.2.1",
            })
    void a_network_or_an_interface_is_its_address_on_this_machine(String setting, String address) throws Exception {
        List<LocalAddress> machine = machine(
                "lo 127.0.0.1", "lo ::1", "eth0 172.18.0.2", "eth0 2001:db8::2", "eth1 10.1.0.2", "eth2 fd00::2");
        List<LocalAddress> another = machine("eth0 10.1.0.2", "eth1 10.2.0.3");

        assertThat(BindAddress.resolve(setting, setting.startsWith("10.2.") ? another : machine))
                .isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.0/8     | has several addresses of this machine; use one of 10.1.0.2 (eth0), 10.2.0.3 (eth1)",
                "eth1           | has several addresses of this machine; use one of 10.2.0.3 (eth1), 192.168.7.7 (eth1)",
                "192.0.2.0/24   | has no address of this machine; use one of 10.1.0.2 (eth0), 10.2.0.3 (eth1), 192.168.7.7 (eth1), or auto",
                "10.0.0.1/8     | is not a valid network; use one such as 10.0.0.0/8 or fd00::/8",
                "10.0.0.0/33    | is not a valid network; use one such as 10.0.0.0/8 or fd00::/8",
                "eth7.invalid   | is not an address, a network or an interface of this machine; use one of 10.1.0.2 (eth0), 10.2.0.3 (eth1), 192.168.7.7 (eth1), or auto",
            })
    void no_address_and_several_are_faults_that_list_them(String setting, String problem) throws Exception {
        List<LocalAddress> machine = machine("eth0 10.1.0.2", "eth1 10.2.0.3", "eth1 192.168.7.7");

        assertThatThrownBy(() -> BindAddress.resolve(setting, machine))
                .isInstanceOf(SettingsException.class)
                .hasMessage("cluster.bind: \"" + setting + "\" " + problem);
    }

    @Test
    void auto_is_an_address_outside_loopback_or_a_fault() {
        try {
            assertThat(BindAddress.resolve("auto")).doesNotStartWith("127.");
        } catch (SettingsException e) {
            assertThat(e)
                    .hasMessage(
                            "cluster.bind: \"auto\" finds no address except loopback; use an address of this machine");
        }
    }

    private static List<LocalAddress> machine(String... addresses) throws UnknownHostException {
        List<LocalAddress> machine = new ArrayList<>();
        for (String each : addresses) {
            String[] words = each.split(" ");
            machine.add(new LocalAddress(words[0], InetAddress.getByName(words[1])));
        }
        return machine;
    }
}
