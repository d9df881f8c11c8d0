package io.ratemesh.benchmarks.assets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.benchmarks.load.LoadCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedAssetsTest {

    private static final String INDEX = """
            /index.html	text/html; charset=utf-8	page	00	BR,GZIP
            /js/app.0a1b.js	text/javascript; charset=utf-8	immutable	01	GZIP
            /js/tiny.2c3d.js	text/javascript; charset=utf-8	immutable	02	GZIP
            /dot.4e5f.svg	image/svg+xml	immutable	03	\s
            """;

    private final Path folder;

    PackedAssetsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Path jar() throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("index.tsv", INDEX);
        entries.put("index.html", "<p>page</p>");
        entries.put("index.html.gz", "page");
        entries.put("js/app.0a1b.js", "x".repeat(500));
        entries.put("js/app.0a1b.js.gz", "x");
        entries.put("js/tiny.2c3d.js", "tiny");
        entries.put("js/tiny.2c3d.js.gz", "t");
        entries.put("dot.4e5f.svg", "o");
        Path jar = folder.resolve("balancer-service.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                out.putNextEntry(new JarEntry("ratemesh-assets/" + entry.getKey()));
                out.write(entry.getValue().getBytes(UTF_8));
            }
        }
        return jar;
    }

    @Test
    void the_files_are_the_bytes_of_the_jar() throws IOException {
        Path files = folder.resolve("files");

        PackedAssets.unpack(jar(), files);

        assertThat(files.resolve("index.html")).hasContent("<p>page</p>");
        assertThat(files.resolve("index.html.gz")).hasContent("page");
        assertThat(files.resolve("js/app.0a1b.js")).hasContent("x".repeat(500));
        assertThat(files.resolve("dot.4e5f.svg.gz")).doesNotExist();
    }

    @Test
    void the_page_a_small_asset_and_the_largest_are_requested_plain_and_with_gzip() throws IOException {
        PackedAssets assets = PackedAssets.unpack(jar(), folder.resolve("files"));

        assertThat(assets.loads(64).stream().map(LoadCase::label))
                .containsExactly(
                        "page, 11 B",
                        "page, gzip, 4 B",
                        "small asset, 4 B",
                        "small asset, gzip, 1 B",
                        "largest asset, 500 B",
                        "largest asset, gzip, 1 B");
        assertThat(assets.loads(64).stream().map(one -> one.plan().path()).distinct())
                .containsExactly("/", "/js/tiny.2c3d.js", "/js/app.0a1b.js");
    }

    @Test
    void nginx_has_the_same_types_and_caching() throws IOException {
        PackedAssets assets = PackedAssets.unpack(jar(), folder.resolve("files"));

        String http = assets.nginx().http(8080);

        assertThat(http.lines())
                .contains(
                        "gzip_static on;",
                        "sendfile on;",
                        "  text/html html;",
                        "  text/javascript js;",
                        "  image/svg+xml svg;",
                        "  /index.html no-cache;",
                        "  root " + folder.resolve("files") + ";")
                .containsOnlyOnce("  text/javascript js;");
    }

    @Test
    void a_jar_without_assets_says_how_to_build_it() throws IOException {
        Path empty = folder.resolve("empty.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(empty))) {
            out.putNextEntry(new JarEntry("META-INF/"));
        }

        assertThatThrownBy(() -> PackedAssets.unpack(empty, folder)).hasMessageContaining("./mvnw -DskipTests");
    }
}
