package io.ratemesh.balancer.compression;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.assets.Encoding;
import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodedFieldsTest {

    private final MultiMap fields = MultiMap.caseInsensitiveMultiMap();

    @Test
    void coded_content_has_no_length_and_no_ranges_and_a_weak_tag() {
        fields.add("Content-Length", "5")
                .add("Accept-Ranges", "bytes")
                .add("ETag", "\"a\"")
                .add("Last-Modified", "Mon, 06 Jul 2026 14:00:00 GMT");

        CodedFields.coded(fields, Encoding.BR);

        assertThat(fields.names()).containsExactlyInAnyOrder("Content-Encoding", "ETag", "Last-Modified");
        assertThat(fields.get("Content-Encoding")).isEqualTo("br");
        assertThat(fields.get("ETag")).isEqualTo("W/\"a\"");
    }

    @Test
    void a_weak_tag_stays() {
        fields.add("ETag", "W/\"a\"");

        CodedFields.coded(fields, Encoding.GZIP);

        assertThat(fields.get("ETag")).isEqualTo("W/\"a\"");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, 'Origin|Accept-Encoding'",
        "'Origin, accept-encoding', 'Origin, accept-encoding'",
        "*, *",
    })
    void Vary_is_added_once(String before, String after) {
        fields.add("Vary", before);

        CodedFields.vary(fields);

        assertThat(String.join("|", fields.getAll("Vary"))).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource({
        "'W/\"a\"', 'W/\"a\"'",
        "'\"b\", W/\"a\"', 'W/\"a\"'",
        "'\"a\"', '\"a\"'",
        "'W/\"ab\"', '\"a\"'",
        "*, '\"a\"'",
    })
    void a_response_without_content_has_the_tag_that_the_client_knows(String ifNoneMatch, String tag) {
        fields.add("ETag", "\"a\"");

        CodedFields.notModified(List.of(ifNoneMatch), fields);

        assertThat(fields.get("ETag")).isEqualTo(tag);
    }
}
