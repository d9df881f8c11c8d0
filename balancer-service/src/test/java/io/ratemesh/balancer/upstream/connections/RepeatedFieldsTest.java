package io.ratemesh.balancer.upstream.connections;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepeatedFieldsTest {

    private final RepeatedFields fields = new RepeatedFields();

    @BeforeEach
    void a_first_head() {
        assertThat(next("Server: shop").value()).isEqualTo("shop");
        assertThat(next("Content-Length: 5").value()).isEqualTo("5");
        fields.restart();
    }

    @Test
    void a_line_of_the_same_bytes_at_the_same_place_is_the_same_field() {
        FieldLine repeated = next("Server: shop");

        fields.restart();
        assertThat(next("Server: shop")).isSameAs(repeated);
    }

    @Test
    void any_other_bytes_are_read_anew() {
        assertThat(next("Server: shop2").value()).isEqualTo("shop2");
        assertThat(next("Content-Length: 6").value()).isEqualTo("6");
        fields.restart();
        assertThat(next("Server: shop").value()).isEqualTo("shop");
        assertThat(next("Content-Lengti: 6").name().toString()).isEqualTo("Content-Lengti");
    }

    @Test
    void the_start_of_a_known_line_is_another_line() {
        assertThat(next("Server: sho").value()).isEqualTo("sho");
    }

    @Test
    void a_malformed_line_is_rejected_each_time() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> next("Server shop")).isInstanceOf(MalformedResponse.class);
            fields.restart();
        }
    }

    @Test
    void long_lines_and_many_lines_are_not_kept() {
        String longLine = "X-Long: " + "x".repeat(200);
        FieldLine first = next(longLine);
        fields.restart();
        assertThat(next(longLine)).isEqualTo(first).isNotSameAs(first);

        for (int i = 0; i < 40; i++) {
            assertThat(next("X-" + i + ": " + i).value()).isEqualTo(String.valueOf(i));
        }
    }

    private FieldLine next(String line) {
        // A reader's line is longer than its content.
        byte[] bytes = (line + "\r\nmore").getBytes(ISO_8859_1);
        return fields.next(bytes, line.length());
    }
}
