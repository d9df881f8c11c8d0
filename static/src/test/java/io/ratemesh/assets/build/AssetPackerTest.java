package io.ratemesh.assets.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AssetPackerTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeEach
    void sources() throws IOException {
        Files.createDirectories(folder.resolve("web/js"));
        Files.writeString(folder.resolve("web/index.html"), "<script src=\"js/app.js\"></script>\n");
        Files.writeString(folder.resolve("web/js/app.js"), "export const ten = 10;\n".repeat(50));
        Files.writeString(folder.resolve("web/tiny.txt"), "7\n");
    }

    @Test
    void the_same_sources_give_the_same_bytes() throws IOException {
        AssetPacker.pack(folder.resolve("web"), folder.resolve("first"));
        AssetPacker.pack(folder.resolve("web"), folder.resolve("second"));

        assertThat(contents("first")).isEqualTo(contents("second")).hasSizeGreaterThan(5);
    }

    @Test
    void a_file_that_does_not_get_smaller_has_no_compressed_file() throws IOException {
        AssetPacker.pack(folder.resolve("web"), folder.resolve("packed"));

        assertThat(contents("packed").keySet())
                .filteredOn(path -> path.contains("tiny"))
                .hasSize(1);
        assertThat(contents("packed").keySet())
                .filteredOn(path -> path.contains("app."))
                .hasSize(4);
    }

    @Test
    void packing_removes_earlier_output() throws IOException {
        AssetPacker.pack(folder.resolve("web"), folder.resolve("packed"));
        Files.delete(folder.resolve("web/tiny.txt"));
        AssetPacker.pack(folder.resolve("web"), folder.resolve("packed"));

        assertThat(contents("packed").keySet()).noneMatch(path -> path.contains("tiny"));
    }

    private SortedMap<String, String> contents(String name) throws IOException {
        SortedMap<String, String> contents = new TreeMap<>();
        Path root = folder.resolve(name);
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> contents.put(root.relativize(file).toString(), hex(file)));
        }
        return contents;
    }

    private static String hex(Path file) {
        try {
            return HexFormat.of().formatHex(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
