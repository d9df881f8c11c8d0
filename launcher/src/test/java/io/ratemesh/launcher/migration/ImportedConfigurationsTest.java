package io.ratemesh.launcher.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.launcher.migration.ConfigurationImport.Imported;
import io.ratemesh.launcher.migration.draft.MalformedConfigurationException;
import io.ratemesh.node.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every configuration. */
class ImportedConfigurationsTest {

    /** Lines that say what holds anyway. */
    private static final Set<String> DEFAULTS = Set.of("balance roundrobin", "mode tcp");

    private final Path folder;

    ImportedConfigurationsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @MethodSource("files")
    void the_program_for_which_it_is_accepts_it(ConfigurationFile file) throws Exception {
        file.assertIsAccepted(folder);
    }

    @ParameterizedTest
    @MethodSource("files")
    void the_settings_are_accepted_by_a_node(ConfigurationFile file) throws Exception {
        Imported imported = ConfigurationImport.of(file.writeTo(folder));
        Path yaml = Files.writeString(folder.resolve("imported.yaml"), imported.yaml());

        Settings settings = Settings.load(Optional.of(yaml), List.of(), Map.of());

        assertThat(settings.cluster().enabled()).isFalse();
        assertThat(settings.balancer().pools().size()
                        + settings.balancer().tcp().size())
                .isPositive();
    }

    /** Without a line, something else is printed: another setting, or one comment less. */
    @ParameterizedTest
    @MethodSource("files")
    void no_line_is_dropped_silently(ConfigurationFile file) throws Exception {
        Path path = file.writeTo(folder);
        List<String> lines = Files.readString(path).lines().toList();
        String all = imported(path, lines);
        List<String> dropped = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (isDirective(lines.get(i)) && isOnce(lines.get(i), lines)) {
                List<String> without = new ArrayList<>(lines);
                without.set(i, "#");
                if (imported(path, without).equals(all)) {
                    dropped.add((i + 1) + ": " + lines.get(i).strip());
                }
            }
        }
        assertThat(dropped).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_comment_for_each_line_that_is_not_mapped_makes_it_incomplete(ConfigurationFile file) throws Exception {
        Imported imported = ConfigurationImport.of(file.writeTo(folder));

        assertThat(imported.isComplete()).isEqualTo(!imported.yaml().contains(": not mapped: "));
        assertThat(imported.yaml()).doesNotContain("s3cret");
    }

    static Stream<ConfigurationFile> files() {
        return ConfigurationFile.all();
    }

    private static String imported(Path path, List<String> lines) {
        try {
            return ConfigurationImport.of(path, String.join("\n", lines)).yaml();
        } catch (MalformedConfigurationException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** A line that is there twice may say the same twice. */
    private static boolean isOnce(String line, List<String> lines) {
        return lines.stream()
                        .filter(other -> other.strip().equals(line.strip()))
                        .count()
                == 1;
    }

    /** Not the beginning or the end of a section, a comment, or a default. */
    private static boolean isDirective(String line) {
        String text = line.strip();
        return !text.isEmpty()
                && !text.startsWith("#")
                && !text.equals("}")
                && !text.endsWith("{")
                && !text.endsWith("{}")
                && !DEFAULTS.contains(text);
    }
}
