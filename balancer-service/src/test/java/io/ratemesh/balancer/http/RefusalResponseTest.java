package io.ratemesh.balancer.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalResponseTest {

    @ParameterizedTest
    @EnumSource
    void programs_get_a_problem_and_people_a_page(RefusalReason reason) {
        String problem = answer(reason, true, false);
        JsonObject body = new JsonObject(problem.substring(problem.indexOf("\r\n\r\n") + 4));

        assertThat(problem).contains("\r\nContent-Type: application/problem+json\r\n");
        assertThat(body.getInteger("status")).isEqualTo(reason.status());
        assertThat(body.getString("code")).isEqualTo(reason.code());
        assertThat(body.getString("rule")).isEqualTo(reason.rule());
        assertThat(body.getString("message")).isEqualTo(reason.detail());
        assertThat(answer(reason, false, false))
                .contains("\r\nContent-Type: text/html; charset=utf-8\r\n", reason.detail());
    }

    @ParameterizedTest
    @EnumSource
    void every_answer_says_its_length_and_that_it_is_the_last(RefusalReason reason) {
        for (boolean forPrograms : new boolean[] {true, false}) {
            String answer = answer(reason, forPrograms, false);
            int bodyFrom = answer.indexOf("\r\n\r\n") + 4;

            assertThat(answer)
                    .startsWith("HTTP/1.1 " + reason.status() + " ")
                    .contains(
                            "\r\nConnection: close\r\n",
                            "\r\nContent-Length: " + (answer.length() - bodyFrom) + "\r\n",
                            "\r\nCache-Control: no-store\r\n");
            assertThat(answer(reason, forPrograms, true)).as("for HEAD").isEqualTo(answer.substring(0, bodyFrom));
        }
    }

    private static String answer(RefusalReason reason, boolean forPrograms, boolean bodiless) {
        return new String(RefusalResponse.of(reason, forPrograms, bodiless), US_ASCII);
    }
}
