package io.ratemesh.assets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The size budgets of the packed page, and that it loads and runs nothing that the policy forbids. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConverterPageTest {
    private static final int KILOBYTE = 1000;
    private static final Pattern ABSOLUTE_URL = Pattern.compile("(?:[a-z]+:)?//[a-z0-9-]+\\.[^\\s\"')]*");
    /** Nothing is loaded from a namespace, the address in a licence notice, or the links that feeds ask for. */
    private static final List<String> NAMES_AND_LINKS = List.of(
            "http://www.w3.org/",
            "https://github.com/leeoniya/uPlot",
            "https://www.exchangerate-api.com",
            "https://www.ecb.europa.eu");

    private static final Pattern IMPORT =
            Pattern.compile("(?m)(?:^|;)(?:import|export)\\b[^;\"'()]*[\"'](\\.[^\"']+)[\"']");
    private static final Pattern DYNAMIC_IMPORT = Pattern.compile("\\bimport\\(\"([^\"]+)\"\\)");
    private static final Pattern KEY = Pattern.compile("(?m)^ *\"([^\"]+)\":");
    private static final Pattern ENTRY = Pattern.compile("type=\"module\" src=\"([^\"]+)\"");
    private static final Pattern STYLE = Pattern.compile("rel=\"stylesheet\" href=\"([^\"]+)\"");

    private final AssetCatalog catalog = AssetCatalog.load();
    private final Asset page = catalog.find("/").orElseThrow();
    private final String html = text(page);

    @Test
    void the_script_stays_below_25_kB_and_the_style_below_12_kB() {
        assertThat(brotliBytes(modules())).isBetween(1, 25 * KILOBYTE);
        assertThat(brotliBytes(styles())).isBetween(1, 12 * KILOBYTE);
    }

    @Test
    void the_script_with_the_chart_and_all_panels_stays_below_60_kB() {
        List<Asset> all = reachable(List.of(IMPORT, DYNAMIC_IMPORT));

        assertThat(all).extracting(Asset::path).anyMatch(path -> path.contains("/chart-plot."));
        assertThat(brotliBytes(all)).isBetween(20 * KILOBYTE, 60 * KILOBYTE);
    }

    @Test
    void everything_of_the_first_view_stays_below_100_kB() {
        List<Asset> first = new ArrayList<>(List.of(page));
        first.addAll(modules());
        first.addAll(styles());

        assertThat(brotliBytes(first)).isBetween(1, 100 * KILOBYTE);
    }

    @Test
    void nothing_is_requested_from_another_origin() {
        assertThat(catalog.all())
                .filteredOn(asset -> asset.identity().body().length > 0)
                .allSatisfy(
                        asset -> assertThat(urls(text(asset))).as(asset.path()).isEmpty());
    }

    @Test
    void a_url_of_another_origin_would_be_found() {
        assertThat(urls("fetch(\"https://rates.example.com/x\")")).containsExactly("https://rates.example.com/x");
        assertThat(urls("<script src=\"//cdn.example.com/x.js\">")).containsExactly("//cdn.example.com/x.js");
    }

    @Test
    void no_page_has_inline_code_that_the_policy_would_block() {
        assertThat(catalog.all())
                .filteredOn(Asset::page)
                .isNotEmpty()
                .allSatisfy(asset -> assertThat(text(asset))
                        .doesNotContainPattern("<script(?![^>]*\\ssrc=)")
                        .doesNotContainPattern("(?i)<style\\b")
                        .doesNotContainPattern("(?i)<[^>]*\\s(?:style|on[a-z]+)\\s*=")
                        .doesNotContainPattern("(?i)javascript:"));
    }

    @Test
    void no_script_of_ours_builds_markup_or_code_from_text() throws IOException {
        Path sources = Path.of("src", "main", "web");
        try (Stream<Path> files = Files.walk(sources)) {
            List<Path> scripts = files.filter(file -> file.toString().endsWith(".js"))
                    .filter(file -> !file.startsWith(sources.resolve("vendor")))
                    .toList();
            assertThat(scripts)
                    .isNotEmpty()
                    .allSatisfy(script -> assertThat(Files.readString(script))
                            .doesNotContainPattern(
                                    "\\b(?:inner|outer)HTML\\b|insertAdjacentHTML|document\\.write|\\beval\\(")
                            .doesNotContainPattern("new Function\\b"));
        }
    }

    @Test
    void the_script_is_one_file_and_the_chart_another() {
        assertThat(modules()).hasSize(1);
        assertThat(reachable(List.of(IMPORT, DYNAMIC_IMPORT))).hasSize(2);
    }

    @Test
    void the_form_works_without_script() {
        assertThat(html)
                .contains("action=\"/api/v1/convert\" method=\"get\"")
                .contains("name=\"amount\"")
                .contains("name=\"from\"")
                .contains("name=\"to\"")
                .containsPattern("(?s)<noscript>.*<button.*</noscript>");
    }

    @Test
    void every_language_has_a_text_for_every_key() {
        List<Set<String>> languages = catalog.all().stream()
                .filter(asset -> asset.path().startsWith("/languages/"))
                .map(asset -> Set.copyOf(all(KEY, text(asset))))
                .toList();

        assertThat(languages).hasSize(3);
        // The API's messages are English, so the other languages have words for some of them that English needs not.
        assertThat(languages)
                .map(keys -> keys.stream()
                        .filter(key -> !List.of("failure-no-rate", "failure-unknown-currency", "failure-bad-parameter")
                                .contains(key))
                        .collect(Collectors.toSet()))
                .allMatch(
                        languages.stream().min(Comparator.comparing(Set::size)).orElseThrow()::equals);
    }

    /** The modules that load with the page, without those that it imports later. */
    private List<Asset> modules() {
        return reachable(List.of(IMPORT));
    }

    private List<Asset> reachable(List<Pattern> imports) {
        Set<Asset> seen = new LinkedHashSet<>();
        Deque<URI> toRead = new ArrayDeque<>();
        all(ENTRY, html).forEach(entry -> toRead.add(URI.create("/").resolve(entry)));
        while (!toRead.isEmpty()) {
            URI module = toRead.removeFirst();
            Asset asset = catalog.find(module.getPath()).orElseThrow();
            if (seen.add(asset)) {
                imports.forEach(
                        pattern -> all(pattern, text(asset)).forEach(imported -> toRead.add(module.resolve(imported))));
            }
        }
        return List.copyOf(seen);
    }

    /** Those of the page, and that of the chart. */
    private List<Asset> styles() {
        return catalog.all().stream()
                .filter(asset -> all(STYLE, html).contains(asset.path().substring(1))
                        || asset.path().matches("/vendor/uplot/uplot\\.\\w+\\.css"))
                .toList();
    }

    private static int brotliBytes(List<Asset> assets) {
        return assets.stream()
                .mapToInt(asset ->
                        asset.encoded(Encoding.BR).orElse(asset.identity()).body().length)
                .sum();
    }

    private static List<String> urls(String text) {
        return all(ABSOLUTE_URL, text).stream()
                .filter(url -> NAMES_AND_LINKS.stream().noneMatch(url::startsWith))
                .toList();
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.groupCount() == 0 ? match.group() : match.group(1))
                .collect(Collectors.toList());
    }

    private static String text(Asset asset) {
        return new String(asset.identity().body(), UTF_8);
    }
}
