package io.ratemesh.balancer.accesslog;

import static io.ratemesh.balancer.accesslog.Entries.completed;
import static io.ratemesh.balancer.accesslog.Entries.entry;
import static io.ratemesh.balancer.accesslog.Entries.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LineFormatTest {

    private final AccessEntryFormat httplog = new HttpLogFormat("edge-1", 14389, ZoneOffset.UTC);
    private final AccessEntryFormat json = new JsonLineFormat("balancer-1");

    @Test
    void httplog_is_haproxys_field_by_field() {
        assertThat(line(httplog, completed(200, "/index.html?a=b")))
                .isEqualTo("Jul  6 14:00:10 edge-1 balancer[14389]: 10.0.1.2:33317 [06/Jul/2026:14:00:10.000] "
                        + "http-in web/srv1 0/0/30/69/109 200 2750 - - ---- 5/4/3/2/0 0/0 "
                        + "\"GET /index.html?a=b HTTP/1.1\"\n");
    }

    @Test
    void stages_that_were_not_reached_are_minus_one_and_a_retry_is_a_redispatch() {
        assertThat(line(httplog, entry(null, "/", 503, 2000, -1, -1, 2000, "sQ", 0)))
                .contains(" web/<NOSRV> 0/2000/-1/-1/2000 503 ", " sQ-- ");
        assertThat(line(httplog, entry(Entries.SERVER, "/", 200, 0, 0, 3, 5, "--", 2)))
                .contains(" 5/4/3/2/+2 0/0 ");
        assertThat(line(httplog, entry(Entries.SERVER, "/", 0, 0, 0, -1, 5, "CH", 0)))
                .contains(" 0/0/0/-1/5 -1 2750 ");
    }

    @Test
    void nothing_sent_by_a_client_ends_the_quotes_or_the_line() {
        assertThat(line(httplog, completed(404, "/a\"b#c\r\n\u007f\u00e9\u20ac{|}")))
                .endsWith("\"GET /a#22b#23c#0D#0A#7F#E9#20#AC{|} HTTP/1.1\"\n");
        assertThat(new JsonObject(line(json, completed(404, "/a\"b\\\r\n\u00e9\u20ac"))).getString("target"))
                .isEqualTo("/a\"b\\\r\n\u00e9\u20ac");
    }

    @Test
    void an_invalid_request_is_logged_as_badreq() {
        assertThat(line(httplog, entry(null, null, 400, -1, -1, -1, 0, "PR", 0)))
                .contains(" -1/-1/-1/-1/0 400 ")
                .endsWith("\"<BADREQ>\"\n");
    }

    @Test
    void a_request_over_tls_has_haproxys_mark_after_the_name_of_its_listener() {
        assertThat(line(httplog, Entries.overTls("/")))
                .contains(" https-in~ https-in/<NOSRV> 0/-1/-1/-1/0 404 ", " 5/3/3/2/0 ");
        assertThat(new JsonObject(line(json, Entries.overTls("/"))).getString("frontend"))
                .isEqualTo("https-in");
    }

    @Test
    void json_has_the_same_values_and_leaves_out_unknown_ones() {
        JsonObject all = new JsonObject(line(json, completed(200, "/x")));
        assertThat(all.getString("at")).isEqualTo("2026-07-06T14:00:10.109Z");
        assertThat(all.getString("server")).isEqualTo("srv1");
        assertThat(all.getInteger("connectMillis")).isEqualTo(30);
        assertThat(all.getInteger("connections")).isEqualTo(5);
        assertThat(all.getInteger("connectionsFrontend")).isEqualTo(4);
        assertThat(all.getString("frontend")).isEqualTo("http-in");

        JsonObject rejected = new JsonObject(line(json, entry(null, null, 400, -1, -1, -1, 0, "PR", 0)));
        assertThat(rejected.fieldNames()).doesNotContain("server", "method", "target", "responseMillis");
    }
}
