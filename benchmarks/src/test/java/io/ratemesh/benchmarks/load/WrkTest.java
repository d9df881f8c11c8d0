package io.ratemesh.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrkTest {

    private static final String REPORT = """
            Running 5s test @ http://127.0.0.1:9101/
              1 threads and 64 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency     1.25ms    1.91ms  41.50ms   94.72%
                Req/Sec    67.11k     8.31k   78.96k    72.00%
              334021 requests in 5.01s, 87.61MB read
            Requests/sec:  66674.62
            Transfer/sec:     17.49MB
            """;

    @Test
    void a_report_has_the_number_of_requests_and_the_rate() {
        assertThat(Wrk.parse(REPORT)).isEqualTo(new Wrk.Load(334021, 66674.62));
    }

    @ParameterizedTest
    @CsvSource({"950.00us,0.95", "12.34ms,12.34", "1.50s,1500"})
    void a_report_with_latency_has_the_99th_percentile(String written, double millis) {
        String report = REPORT.replace(
                "  334021", "  Latency Distribution\n     50%  848.00us\n     99%  " + written + "\n  334021");

        assertThat(Wrk.parseTimed(report)).isEqualTo(new Wrk.TimedLoad(66674.62, millis));
    }

    @Test
    void errors_in_a_report_are_rejected() {
        String nonSuccess = REPORT.replace("Requests/sec", "  Non-2xx or 3xx responses: 17\nRequests/sec");
        String broken =
                REPORT.replace("Requests/sec", "  Socket errors: connect 0, read 3, write 0, timeout 0\nRequests/sec");

        assertThatThrownBy(() -> Wrk.parse(nonSuccess)).hasMessageContaining("Non-2xx or 3xx responses: 17");
        assertThatThrownBy(() -> Wrk.parse(broken)).hasMessageContaining("read 3");
    }

    @Test
    void output_without_a_result_is_in_the_message() {
        assertThatThrownBy(() -> Wrk.parse("unable to connect to 127.0.0.1:1 Connection refused"))
                .hasMessageContaining("unable to connect");
    }

    @Test
    void headers_connections_and_seconds_are_arguments() {
        LoadPlan plan = new LoadPlan("/index.html", List.of("Accept-Encoding: gzip"), 256);

        assertThat(Wrk.arguments(plan, 8080, 3))
                .containsSequence("-H", "Accept-Encoding: gzip")
                .contains("-t1", "-c256", "-d3s")
                .endsWith("http://127.0.0.1:8080/index.html");
    }
}
