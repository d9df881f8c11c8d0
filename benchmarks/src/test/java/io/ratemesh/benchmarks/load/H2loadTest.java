package io.ratemesh.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class H2loadTest {

    private static final String REPORT = """
            progress: 100% of clients started
            TLS Protocol: TLSv1.3
            Cipher: TLS_AES_128_GCM_SHA256
            Application protocol: h2
            Stopped all clients for thread #0

            finished in 1.00s, 72365.50 req/s, 4.90MB/s
            requests: 72365 total, 72525 started, 72365 done, 72365 succeeded, 0 failed, 0 errored, 0 timeout
            status codes: 72365 2xx, 0 3xx, 0 4xx, 0 5xx
            """;

    @Test
    void a_report_has_the_number_of_requests_and_the_rate() {
        assertThat(H2load.parse(H2load.Version.HTTP_2, REPORT)).isEqualTo(new Wrk.Load(72_365, 72_365.5));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0 failed            | 3 failed
                    0 errored           | 3 errored
                    0 timeout           | 3 timeout
                    72365 2xx, 0 3xx    | 72362 2xx, 3 3xx
                    """)
    void errors_in_a_report_are_rejected(String good, String bad) {
        assertThatThrownBy(() -> H2load.parse(H2load.Version.HTTP_2, REPORT.replace(good, bad)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(bad);
    }

    @Test
    void another_version_of_http_is_rejected() {
        assertThatThrownBy(() -> H2load.parse(H2load.Version.HTTP_1_1, REPORT))
                .hasMessageContaining("the server has chosen h2 (expected: http/1.1)");
    }

    @Test
    void output_without_a_result_is_in_the_message() {
        assertThatThrownBy(() -> H2load.parse(H2load.Version.HTTP_2, "Connection refused"))
                .hasMessageContaining("Connection refused");
    }

    @Test
    void only_http_2_has_several_requests_in_flight_on_a_connection() {
        LoadPlan plan = new LoadPlan("/shop/item", 64);

        assertThat(H2load.arguments(H2load.Version.HTTP_1_1, plan, 8443, 5))
                .contains("-c64", "-m1", "-D5", "--npn-list=http/1.1")
                .endsWith("https://127.0.0.1:8443/shop/item");
        assertThat(H2load.arguments(H2load.Version.HTTP_2, plan, 8443, 5)).contains("-m10", "--npn-list=h2");
    }
}
