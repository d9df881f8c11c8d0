package io.ratemesh.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/settings.md says what the code does: which settings there are, what holds by default, what is taken. */
class SettingsPageTest {

    private static final Path PAGE = Path.of("../docs/settings.md");
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");
    private static final Pattern ONE = Pattern.compile("`([^`]*)`(?:; converters `([^`]*)`)?");
    private static final Pattern WORDS = Pattern.compile("`[^`]*`(?:, `[^`]*`)*");
    private static final Pattern RANGE = Pattern.compile("`([^`]*)` to `([^`]*)`(?:, `[^`]*`)*");
    private static final Pattern QUANTITY = Pattern.compile("(\\d+)(\\D*)");

    /** With what makes every part of the settings there. */
    private static final List<String> ALL_PARTS = List.of(
            "balancer.pools.NAME.servers=[\"a:1\"]",
            "balancer.pools.NAME.tls.server-name=shop.internal",
            "balancer.tls.cert=site.pem",
            "balancer.tls.key=site.key",
            "balancer.tls.client-ca=clients.pem",
            "balancer.h2c.port=8081");

    private static final Map<String, String> ITEMS = Map.of(
            "balancer.tls.certificates", "cert: a.pem, key: a.key",
            "balancer.tcp", "port: 1, servers: [\"a:1\"]",
            "balancer.routes", "path: /, pool: NAME",
            "rates.feeds", "name: ecb");

    /** A row of the page, as it is written. */
    record Row(String key, String byDefault, String values) {

        @Override
        public String toString() {
            return key;
        }
    }

    @Test
    void the_page_names_every_setting_and_no_other() {
        assertThat(rows().map(Row::key)).containsExactlyInAnyOrderElementsOf(namesInTheCode());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_documented_default_changes_nothing(Row row) {
        Matcher value = ONE.matcher(row.byDefault());
        if (value.matches()) {
            assertThat(with(row.key(), value.group(1))).isEqualTo(without(row.key()));
            if (value.group(2) != null) {
                String key = row.key().replace("<name>", "converters");
                assertThat(with(key, value.group(2))).isEqualTo(without(key));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void documented_values_are_accepted_and_values_beyond_the_range_are_rejected(Row row) {
        Matcher range = RANGE.matcher(row.values());
        if (WORDS.matcher(row.values()).matches() || range.matches()) {
            CODE.matcher(row.values()).results().map(each -> each.group(1)).forEach(word -> with(row.key(), word));
            refuses(row.key(), "nonsense");
        }
        if (range.matches()) {
            refuses(row.key(), next(range.group(1), -1));
            refuses(row.key(), next(range.group(2), 1));
        }
    }

    @Test
    void every_list_of_maps_is_read_alike_from_the_environment_and_the_command_line() {
        ITEMS.forEach((list, item) -> {
            String value = "[{" + item + "}]";

            assertThat(loadWith(Map.of(SettingsSources.variable(list), value)))
                    .isEqualTo(load(List.of(list + "=" + value)))
                    .isNotEqualTo(load(List.of()));
        });
        assertThat(rows().map(Row::key).filter(key -> key.contains("[].")).map(key -> key.split("\\[")[0]))
                .allSatisfy(list -> assertThat(ITEMS).containsKey(list));
    }

    @ParameterizedTest
    @MethodSource("sections")
    void a_variable_can_be_a_map_of_any_section(String section) {
        String variable = SettingsSources.variable(section);

        assertThatThrownBy(() -> loadWith(Map.of(variable, "{nonsense: 1}")))
                .hasMessageContaining(section + ".nonsense: ")
                .hasMessageContaining("(from environment " + variable + ")");
    }

    @Test
    void most_rows_have_a_form_that_can_be_checked() {
        assertThat(rows().filter(row -> ONE.matcher(row.byDefault()).matches())).hasSizeGreaterThan(60);
        assertThat(rows().filter(row -> RANGE.matcher(row.values()).matches())).hasSizeGreaterThan(40);
        assertThat(rows().filter(row -> WORDS.matcher(row.values()).matches())).hasSizeGreaterThan(12);
    }

    static Stream<Row> rows() {
        try {
            return Files.readAllLines(PAGE).stream()
                    .filter(line -> line.startsWith("| `"))
                    .map(line -> line.split(" *\\| *", -1))
                    .map(cells -> new Row(cells[1].replace("`", ""), cells[2], cells[3]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<String> sections() {
        Set<String> keys = namesInTheCode();
        return keys.stream()
                .filter(key -> !key.contains("[]."))
                .map(key -> key.replace("<name>", "NAME"))
                .flatMap(key ->
                        Stream.iterate(key, each -> each.contains("."), each -> each.replaceFirst("\\.[^.]*$", "")))
                .distinct()
                .filter(section -> !section.endsWith(".NAME.key") && !keys.contains(section.replace("NAME", "<name>")))
                // Any name is a field.
                .filter(section -> !section.contains(".check.headers"))
                .filter(section -> !section.equals("rates.feeds.NAME"));
    }

    private static Set<String> namesInTheCode() {
        List<String> sets = new ArrayList<>(ALL_PARTS);
        ITEMS.forEach((list, item) -> sets.add(list + "=[{" + item + "}]"));
        sets.add("balancer.pools.NAME.check.headers.FIELD=1");
        SettingsReader reader = new SettingsReader(SettingsSources.gather(Optional.empty(), sets, Map.of()));
        Settings.read(reader, Home.of(Map.of()));
        Set<String> names = new TreeSet<>();
        reader.keys().stream()
                .map(key -> key.replace("pools.NAME.", "pools.<name>.")
                        .replace("headers.FIELD", "headers.<field>")
                        .replace("feeds.ecb.", "feeds.<name>."))
                .forEach(names::add);
        names.removeIf(key -> key.startsWith("balancer.pools.converters."));
        // The page says that those of a pool are a port's, too.
        names.removeIf(key -> key.startsWith("balancer.tcp[].")
                && names.contains(key.replace("balancer.tcp[].", "balancer.pools.<name>.")));
        // It is there to be refused.
        names.remove("rates.feeds[].key");
        return names;
    }

    /** The settings in which there is all that this one needs to be there. */
    private static Settings without(String key) {
        if (key.startsWith("balancer.pools.converters.")) {
            return load(List.of("balancer.pools.converters.discover=converter"));
        }
        return load(key.contains("[].") ? set(key.substring(0, key.indexOf("[].")), "") : List.of());
    }

    private static Settings with(String key, String value) {
        int item = key.indexOf("[].");
        return load(
                item > 0
                        ? set(key.substring(0, item), key.substring(item + 3) + ": " + value)
                        : List.of(key.replace("<name>", "NAME") + "=" + value));
    }

    /** A list of one item, with one more field; it may say again what the item has anyway. */
    private static List<String> set(String list, String field) {
        String name = field.split(":", 2)[0];
        List<String> fields =
                new ArrayList<>(List.of(String.valueOf(ITEMS.get(list)).split(", ")));
        fields.removeIf(each -> each.startsWith(name + ":") && !name.isEmpty());
        fields.add(field);
        fields.removeIf(String::isEmpty);
        return List.of(list + "=[{" + String.join(", ", fields) + "}]");
    }

    private static Settings load(List<String> more) {
        List<String> sets = new ArrayList<>(ALL_PARTS);
        sets.addAll(more);
        return Settings.load(Optional.empty(), sets, Map.of());
    }

    private static Settings loadWith(Map<String, String> environment) {
        return Settings.load(Optional.empty(), ALL_PARTS, environment);
    }

    private static void refuses(String key, String value) {
        assertThatThrownBy(() -> with(key, value))
                .as(key + "=" + value)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(": \"" + value + "\" is not a valid ")
                .hasMessageContaining("; use ");
    }

    /** The next smaller or larger one of the same unit. */
    private static String next(String quantity, int by) {
        MatchResult parts = QUANTITY.matcher(quantity).results().findFirst().orElseThrow();
        return Long.parseLong(parts.group(1)) + by + parts.group(2);
    }
}
