package io.ratemesh.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IndexEntryTest {
    @Test
    void a_formatted_line_is_parsed_to_the_same_entry() {
        IndexEntry script = new IndexEntry(
                "/js/app.0f.js", "text/javascript; charset=utf-8", true, "0f", Set.of(Encoding.GZIP, Encoding.BR));
        IndexEntry page = new IndexEntry("/index.html", "text/html; charset=utf-8", false, "1e", Set.of());

        assertThat(IndexEntry.parse(script.format())).isEqualTo(script);
        assertThat(IndexEntry.parse(page.format())).isEqualTo(page);
    }

    @Test
    void the_line_does_not_depend_on_the_order_of_a_set() {
        IndexEntry entry =
                new IndexEntry("/a.css", "text/css", true, "0f", Set.of(Encoding.GZIP, Encoding.ZSTD, Encoding.BR));

        assertThat(entry.format()).isEqualTo("/a.css\ttext/css\timmutable\t0f\tBR,ZSTD,GZIP");
    }

    @Test
    void a_truncated_line_is_rejected() {
        assertThatThrownBy(() -> IndexEntry.parse("/a.css\ttext/css"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 fields; must be 5");
    }
}
