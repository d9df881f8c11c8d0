package io.ratemesh.balancer.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalResponseTest {

    @ParameterizedTest
    @EnumSource
    void programs_get_a_problem_and_browsers_a_page(RefusalReason reason) {
        String problem = response(reason, true, true);
        JsonObject body = new JsonObject(problem.substring(problem.indexOf("\r\n\r\n") + 4));

        assertThat(problem).contains("\r\nContent-Type: application/problem+json\r\n");
        assertThat(body.getInteger("status")).isEqualTo(reason.status());
        assertThat(body.getString("code")).isEqualTo(reason.problem().code());
        assertThat(body.getString("rule")).isEqualTo(reason.rule());
        assertThat(body.getString("message")).isEqualTo(reason.problem().detail());
        assertThat(response(reason, false, true))
                .contains(
                        "\r\nContent-Type: text/html; charset=utf-8\r\n",
                        reason.problem().detail());
    }

    @ParameterizedTest
    @EnumSource
    void every_response_has_its_length_and_is_the_last_one(RefusalReason reason) {
        for (boolean json : new boolean[] {true, false}) {
            String response = response(reason, json, true);
            int bodyFrom = response.indexOf("\r\n\r\n") + 4;

            assertThat(response)
                    .startsWith("HTTP/1.1 " + reason.status() + " ")
                    .contains(
                            "\r\nConnection: close\r\n",
                            "\r\nContent-Length: " + (response.length() - bodyFrom) + "\r\n",
                            "\r\nCache-Control: no-store\r\n");
            assertThat(response(reason, json, false)).as("for HEAD").isEqualTo(response.substring(0, bodyFrom));
        }
    }

    private static String response(RefusalReason reason, boolean json, boolean withBody) {
        return new String(RefusalResponse.of(reason, json, withBody), US_ASCII);
    }
}
