package io.ratemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;

/** A response that must be a problem (RFC 9457). */
record Problem(HttpResponse<String> response) {

    static Problem in(HttpResponse<String> response) {
        return new Problem(response);
    }

    Problem has(int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
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
        return new JsonObject(response.body());
    }
}
