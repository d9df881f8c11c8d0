package io.ratemesh.balancer.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.balancer.upstream.AdminState;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCommandTest {

    @Test
    void a_command_has_a_state_a_weight_or_both() {
        ServerCommand both = read("{\"state\":\"maint\",\"weight\":256}");
        assertThat(both.state()).contains(AdminState.MAINTENANCE);
        assertThat(both.weight()).hasValue(256);
        assertThat(both.description()).isEqualTo("maintenance, weight 256");
        assertThat(read("{\"state\":\"drain\"}").weight()).isEmpty();
        assertThat(read("{\"weight\":1}").state()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "[]",
                "null",
                "{\"state\":\"Drain\"}",
                "{\"state\":1}",
                "{\"state\":null}",
                "{\"state\":{\"a\":1}}",
                "{\"weight\":0}",
                "{\"weight\":257}",
                "{\"weight\":1.5}",
                "{\"weight\":\"5\"}",
                "{\"weight\":99999999999}",
                "{\"weight\":1,\"weight\":2}",
                "{\"weight\":1,\"wieght\":2}",
                "{\"weight\":1} {}",
                "{\"weight\":1}x"
            })
    void anything_else_is_rejected(String body) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(".*(must be|; use ).*");
    }

    private static ServerCommand read(String body) {
        return ServerCommand.read(Buffer.buffer(body));
    }
}
