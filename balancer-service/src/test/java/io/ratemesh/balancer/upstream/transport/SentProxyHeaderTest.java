package io.ratemesh.balancer.upstream.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.ConnectionSettings.ProxyVersion;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentProxyHeaderTest {

    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    private record Addresses(
            @Nullable InetSocketAddress source, @Nullable InetSocketAddress destination) implements ClientAddresses {}

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 10.0.0.1, PROXY TCP4 192.0.2.7 10.0.0.1 56324 443",
        "2001:db8::7, 2001:db8::1, PROXY TCP6 2001:db8::7 2001:db8::1 56324 443",
        "192.0.2.7, 2001:db8::1, PROXY TCP6 ::ffff:192.0.2.7 2001:db8::1 56324 443",
        "::ffff:192.0.2.7, 10.0.0.1, PROXY TCP4 192.0.2.7 10.0.0.1 56324 443"
    })
    void version_1_is_a_line_of_text(String source, String destination, String line) {
        assertThat(header(ProxyVersion.V1, addresses(source, destination)).toString(US_ASCII))
                .isEqualTo(line + "\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 10.0.0.1, 2111000cc00002070a000001dc0401bb",
        "2001:db8::7, ::1, 2121002420010db800000000000000000000000700000000000000000000000000000001dc0401bb",
        "192.0.2.7, ::1, 2121002400000000000000000000ffffc000020700000000000000000000000000000001dc0401bb"
    })
    void version_2_is_binary(String source, String destination, String bytes) {
        assertThat(ByteBufUtil.hexDump(header(ProxyVersion.V2, addresses(source, destination))))
                .isEqualTo(SIGNATURE + bytes);
    }

    @Test
    void without_a_client_the_connection_is_the_balancers_own() {
        assertThat(header(ProxyVersion.V1, ClientAddresses.NONE).toString(US_ASCII))
                .isEqualTo("PROXY UNKNOWN\r\n");
        assertThat(ByteBufUtil.hexDump(header(ProxyVersion.V2, ClientAddresses.NONE)))
                .isEqualTo(SIGNATURE + "20000000");
    }

    private static ByteBuf header(ProxyVersion version, ClientAddresses client) {
        return SentProxyHeader.of(version, client, UnpooledByteBufAllocator.DEFAULT);
    }

    private static Addresses addresses(String source, String destination) {
        return new Addresses(
                new InetSocketAddress(Objects.requireNonNull(IpAddresses.parse(source)), 56324),
                new InetSocketAddress(Objects.requireNonNull(IpAddresses.parse(destination)), 443));
    }
}
