package io.ratemesh.balancer.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheControlTest {

    @Test
    void directives_are_read_from_all_lines_in_any_case() {
        CacheControl control =
                CacheControl.of(List.of(" Public , MAX-AGE=60,,", "private=\"a, no-store\", x=\"\\\",\""));

        assertThat(control.has("public")).isTrue();
        assertThat(control.seconds("max-age")).hasValue(60);
        assertThat(control.has("private")).isTrue();
        assertThat(control.has("x")).isTrue();
        assertThat(control.has("no-store")).isFalse();
        assertThat(control.has("a")).isFalse();
        assertThat(control.seconds("s-maxage")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-age=60 | 60",
                "max-age=\"60\" | 60",
                "max-age = 60 | 60",
                "max-age=0 | 0",
                "max-age=99999999999999999999 | 2147483647",
                "max-age=-1 | 0",
                "max-age=1.5 | 0",
                "max-age= | 0",
                "max-age | 0",
                "max-age=60, max-age=60 | 60",
                "max-age=60, max-age=61 | 0",
                "max-age=\"60 | 0",
            })
    void an_invalid_number_of_seconds_is_none(String value, long seconds) {
        assertThat(CacheControl.of(List.of(value)).seconds("max-age")).isEqualTo(OptionalLong.of(seconds));
    }
}
