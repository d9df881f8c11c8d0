package io.ratemesh.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.node.settings.SettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BindAddressTest {

    @Test
    void a_name_becomes_digits() {
        assertThat(BindAddress.resolve("127.0.0.1")).isEqualTo("127.0.0.1");
        assertThat(BindAddress.resolve("localhost")).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "no.such.host.invalid", "127.0.0.1.1"})
    void an_address_that_others_cannot_connect_to_is_rejected(String setting) {
        assertThatThrownBy(() -> BindAddress.resolve(setting))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("cluster.bind: \"" + setting + "\" is not ");
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
}
