package io.ratemesh.assets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FingerprintTest {
    private static final byte[] HELLO = "hello".getBytes(UTF_8);

    @Test
    void a_name_has_the_start_of_the_sha_256_of_its_content() {
        // As printed by: printf hello | sha256sum
        assertThat(Fingerprint.added("js/hello.js", HELLO)).isEqualTo("js/hello.2cf24dba5fb0a30e.js");
        assertThat(Fingerprint.isIn("/js/hello.2cf24dba5fb0a30e.js")).isTrue();
        assertThat(Fingerprint.isIn("/js/hello.2cf24dba5fb0a30e.js", HELLO)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/sw.js",
                "/js/hello.2cf24dba5fb0a30.js",
                "/js/hello.2CF24DBA5FB0A30E.js",
                "/2cf24dba5fb0a30e"
            })
    void other_names_have_none(String path) {
        assertThat(Fingerprint.isIn(path)).isFalse();
    }

    @Test
    void a_file_of_another_build_is_taken_only_if_its_name_fits_its_content_and_its_kind_is_known() {
        assertThat(Asset.ofOtherBuild("/js/hello.2cf24dba5fb0a30e.js", HELLO)).hasValueSatisfying(asset -> {
            assertThat(asset.contentType()).isEqualTo("text/javascript; charset=utf-8");
            assertThat(asset.cacheControl()).isEqualTo(Asset.IMMUTABLE);
            assertThat(asset.identity().body()).isEqualTo(HELLO);
            assertThat(asset.identity().etag()).isEqualTo("\"2cf24dba5fb0a30e26e83b2ac5b9e29e\"");
        });
        assertThat(Asset.ofOtherBuild("/js/hello.2cf24dba5fb0a30e.js", "other".getBytes(UTF_8)))
                .isEmpty();
        assertThat(Asset.ofOtherBuild("/hello.2cf24dba5fb0a30e.exe", HELLO)).isEmpty();
    }
}
