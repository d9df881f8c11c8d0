package io.ratemesh.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrkScriptTest {

    @Test
    void paths_are_requested_in_turn() {
        assertThat(WrkScript.get(List.of("/convert?from=USD&to=JPY", "/\"quoted\""))
                        .lines())
                .contains(
                        "local paths = {[==[/convert?from=USD&to=JPY]==], [==[/\"quoted\"]==]}",
                        "  return requests[sent % #requests + 1]");
    }

    @Test
    void a_body_is_sent_as_it_is() {
        assertThat(WrkScript.post("{\"conversions\":[[1]]}"))
                .isEqualTo("wrk.method = \"POST\"\nwrk.body = [==[{\"conversions\":[[1]]}]==]\n");
    }
}
