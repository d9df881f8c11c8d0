package io.ratemesh.assets.build;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScriptCommentsTest {
    @Test
    void comments_with_lines_of_their_own_and_indentation_are_left_out() {
        assertThat(ScriptComments.removed("""
                        // One.
                        /** Two. */
                        export function ten() {
                          /*
                           * Three.
                           */
                          return 10; // ten
                        }
                        //# sourceMappingURL=ten.js.map
                        """)).isEqualTo("""
                        export function ten() {
                        return 10; // ten
                        }
                        """);
    }

    @Test
    void licence_notices_stay() {
        String notices = """
                /*! MIT, https://example.org/ */
                /**
                 * @license
                 * BSD-3-Clause
                 */
                let a;
                """;

        assertThat(ScriptComments.removed(notices).lines().map(String::strip))
                .containsExactlyElementsOf(notices.lines().map(String::strip).toList());
    }

    @Test
    void text_that_only_resembles_a_comment_stays() {
        String script = """
                const glob = "/api/*";
                const link = "https://example.org/";
                const half = 1 / 2; /* half */ let b;
                """;

        assertThat(ScriptComments.removed(script)).isEqualTo(script);
    }
}
