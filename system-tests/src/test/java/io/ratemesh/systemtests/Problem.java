package io.ratemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;

/** An answer that has to be a problem by RFC 9457. */
record Problem(HttpResponse<String> answer) {

    static Problem in(HttpResponse<String> answer) {
        return new Problem(answer);
    }

    Problem has(int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(json().fieldNames()).contains("type", "title", "status", "detail", "instance", "code");
        assertThat(json().getInteger("status")).isEqualTo(status);
        assertThat(json().getString("code")).isEqualTo(code);
        return this;
    }

    Problem says(String word) {
        assertThat(json().getString("detail")).contains(word);
        return this;
    }

    private JsonObject json() {
        return new JsonObject(answer.body());
    }
}
