package io.ratemesh.assets;

import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.Decoder;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The assets that were packed into this module's classes. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AssetCatalogTest {
    private final AssetCatalog catalog = AssetCatalog.load();

    @BeforeAll
    static void brotli() {
        Brotli4jLoader.ensureAvailability();
    }

    @Test
    void the_front_page_is_found_by_its_folder_and_by_its_name() {
        assertThat(catalog.find("/")).isPresent().isEqualTo(catalog.find("/index.html"));
    }

    @Test
    void only_exact_paths_are_found() {
        assertThat(catalog.find("/index")).isEmpty();
        assertThat(catalog.find("/../index.html")).isEmpty();
        assertThat(catalog.find("index.html")).isEmpty();
        assertThat(catalog.find("")).isEmpty();
        assertThat(catalog.find("/" + AssetCatalog.INDEX)).isEmpty();
    }

    @Test
    void every_encoded_body_decodes_to_the_plain_one_and_is_smaller() throws IOException {
        int seen = 0;
        for (Asset asset : catalog.all()) {
            byte[] plain = asset.identity().body();
            for (Representation representation : asset.representations()) {
                if (representation.encoding().isPresent()) {
                    assertThat(decoded(representation, plain.length)).isEqualTo(plain);
                    assertThat(representation.body()).hasSizeLessThan(plain.length);
                    seen++;
                }
            }
        }
        assertThat(seen).isGreaterThanOrEqualTo(3);
    }

    @Test
    void a_gzip_header_contains_no_time() {
        assertThat(catalog.all())
                .flatMap(asset -> asset.encoded(Encoding.GZIP).stream().toList())
                .isNotEmpty()
                // RFC 1952 §2.3: MTIME is the four bytes from the fifth on, zero for none.
                .allSatisfy(gzip -> assertThat(gzip.body()).startsWith(0x1f, 0x8b, 8, 0, 0, 0, 0, 0));
    }

    @Test
    void fingerprinted_files_are_cached_for_a_year_and_pages_and_the_service_worker_are_revalidated() {
        assertThat(catalog.all()).allSatisfy(asset -> {
            if (asset.path().endsWith(".html") || asset.path().equals("/sw.js")) {
                assertThat(asset.immutable()).isFalse();
                assertThat(asset.cacheControl()).isEqualTo("no-cache");
            } else {
                assertThat(asset.path()).matches(".*\\.[0-9a-f]{16}\\.[a-z0-9]+");
                assertThat(asset.cacheControl()).isEqualTo("public, max-age=31536000, immutable");
            }
        });
    }

    @Test
    void pages_have_the_content_security_policy_and_all_assets_have_vary() {
        Asset page = catalog.find("/").orElseThrow();

        assertThat(page.headers())
                .containsEntry("Content-Type", "text/html; charset=utf-8")
                .containsEntry("Content-Security-Policy", PageHeaders.CONTENT_SECURITY_POLICY)
                .containsEntry("Referrer-Policy", "no-referrer");
        assertThat(catalog.all())
                .allSatisfy(asset -> assertThat(asset.headers())
                        .containsEntry("Vary", "Accept-Encoding")
                        .containsEntry("X-Content-Type-Options", "nosniff"));
    }

    private static byte[] decoded(Representation representation, int length) throws IOException {
        byte[] body = representation.body();
        return switch (representation.encoding().orElseThrow()) {
            case BR -> Decoder.decompress(body).getDecompressedData();
            case ZSTD -> Zstd.decompress(body, length);
            case GZIP -> new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
        };
    }
}
