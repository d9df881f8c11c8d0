package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestFieldFilterTest {

    @ParameterizedTest
    @CsvSource({
        // field,             of a client, of a trusted proxy
        "Accept,              false, false",
        "Cookie,              false, false",
        "X-Custom,            false, false",
        "Connection,          true,  true",
        "Proxy,               true,  true",
        "Expect,              true,  true",
        "Forwarded,           true,  false",
        "X-Request-Id,        true,  true",
        "x_request_id,        true,  true",
        "X-Forwarded-For,     true,  true",
        "X_Forwarded_For,     true,  true",
        "X-Forwarded-Prefix,  true,  false",
        "X_Forwarded_Prefix,  true,  true",
        "Content-Length,      false, false",
        "Content_Length,      true,  true",
        "Transfer_Encoding,   true,  true",
        "Named,               true,  true",
    })
    void fields_of_clients_and_of_trusted_proxies(String name, boolean client, boolean proxy) {
        assertThat(RequestFieldFilter.isDropped(name, Set.of("named"), false, false))
                .isEqualTo(client);
        assertThat(RequestFieldFilter.isDropped(name, Set.of("named"), false, true))
                .isEqualTo(proxy);
    }

    @ParameterizedTest
    @CsvSource({"Trailer, false, false", "Content-Length, false, true"})
    void chunked_body_has_no_length_and_keeps_its_trailer_field(String name, boolean counted, boolean chunked) {
        assertThat(RequestFieldFilter.isDropped(name, Set.of(), false, false)).isEqualTo(counted);
        assertThat(RequestFieldFilter.isDropped(name, Set.of(), true, false)).isEqualTo(chunked);
    }
}
