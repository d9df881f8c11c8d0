package io.ratemesh.balancer.stats.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlTableTest {

    @Test
    void the_first_column_is_the_header_of_its_row() {
        assertThat(html("converter-1"))
                .contains("<caption>Pool</caption>", "<th scope=\"col\">Server</th>")
                .contains("<tr><th scope=\"row\">converter-1</th><td class=\"number\">7</td></tr>");
    }

    @Test
    void text_is_never_markup() {
        assertThat(html("<img src=x onerror=\"alert(1)\">&"))
                .contains("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;")
                .doesNotContain("<img");
    }

    @Test
    void a_missing_value_is_a_dash() {
        assertThat(HtmlValue.escaped(null)).isEqualTo("–");
    }

    private static String html(String server) {
        StringBuilder out = new StringBuilder();
        new HtmlTable("Pool")
                .text("Server", row -> row.getString("id"))
                .number("Weight", row -> row.getValue("weight"))
                .appendTo(out, List.of(new JsonObject().put("id", server).put("weight", 7)));
        return out.toString();
    }
}
