package io.ratemesh.assets;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The files of other projects are those that {@code vendored.tsv} names, byte for byte. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VendoredFilesTest {
    private static final Path FOLDER = Path.of("src/main/web/vendor");
    private static final String LICENCES = "licences.txt";

    /** A line of the record: path, package, version, file of the package, change, sha-256. */
    private record Vendored(String path, String name, String version, String sha256) {
        static Vendored parse(String line) {
            List<String> fields = List.of(line.split("\t", -1));
            assertThat(fields).as(line).hasSize(6);
            return new Vendored(fields.get(0), fields.get(1), fields.get(2), fields.get(5));
        }
    }

    private final List<Vendored> record = record();

    @Test
    void every_vendored_file_is_in_the_record_with_its_hash() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            Map<String, String> found = files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(LICENCES))
                    .collect(toMap(
                            file -> FOLDER.relativize(file).toString().replace('\\', '/'), VendoredFilesTest::sha256));

            assertThat(found).isEqualTo(record.stream().collect(toMap(Vendored::path, Vendored::sha256)));
        }
    }

    @Test
    void the_licence_of_every_package_is_served_with_the_page() throws IOException {
        String licences = Files.readString(FOLDER.resolve(LICENCES));

        assertThat(record)
                .isNotEmpty()
                .allSatisfy(file ->
                        assertThat(licences).containsIgnoringCase("== " + file.name() + " " + file.version() + " =="));
        assertThat(AssetCatalog.load().all())
                .anyMatch(asset -> asset.path().startsWith("/vendor/licences.")
                        && asset.contentType().startsWith("text/plain"));
    }

    private static List<Vendored> record() {
        try (Stream<String> lines = Files.lines(Path.of("vendored.tsv"))) {
            return lines.filter(line -> !line.startsWith("#"))
                    .map(Vendored::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
