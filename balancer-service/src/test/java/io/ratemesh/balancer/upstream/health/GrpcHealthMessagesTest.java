package io.ratemesh.balancer.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.ratemesh.balancer.upstream.health.GrpcHealthMessages.ServingStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcHealthMessagesTest {

    @Test
    void a_request_has_its_service_as_field_1() {
        assertThat(hex("")).isEqualTo("0000000000");
        assertThat(hex("shop")).isEqualTo("00000000060a0473686f70");
        assertThat(hex("x".repeat(200))).startsWith("00000000cb0ac801" + "78");
    }

    @ParameterizedTest
    @CsvSource({
        "0000000000, UNKNOWN",
        "00000000020801, SERVING",
        "00000000020802, NOT_SERVING",
        "00000000020803, SERVICE_UNKNOWN",
        "0000000003088100, SERVING"
    })
    void a_response_has_its_status_as_field_1(String bytes, ServingStatus status) {
        assertThat(GrpcHealthMessages.status(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(bytes))))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00000000",
                "01000000020801",
                "0000000003080100ff",
                "00000000020807",
                "000000000108",
                "00000000021001",
                "000000000b08ffffffffffffffffffff"
            })
    void other_bytes_are_no_response(String bytes) {
        assertThatThrownBy(() -> GrpcHealthMessages.status(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(bytes))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String hex(String service) {
        return ByteBufUtil.hexDump(GrpcHealthMessages.request(service));
    }
}
