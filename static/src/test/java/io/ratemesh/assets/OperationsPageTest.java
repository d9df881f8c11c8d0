package io.ratemesh.assets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The size budgets of the operations page, and what the balancer fills in. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OperationsPageTest {
    private static final int KILOBYTE = 1000;
    private static final String ENTRY = "<script type=\"module\" src=\"([^\"]+)\"";
    private static final String PRELOAD = "rel=\"modulepreload\" href=\"([^\"]+)\"";
    private static final String STYLE = "rel=\"stylesheet\" href=\"([^\"]+)\"";
    private static final String STATIC_IMPORT = "(?m)(?:^|;)(?:import|export)\\b[^;\"'()]*[\"'](\\.[^\"']+)[\"']";
    private static final String LATER_IMPORT = "\\bimport\\(\"([^\"]+)\"";

    private final AssetCatalog catalog = AssetCatalog.load();
    private final String page = text("/operations/index.html");

    @Test
    void the_script_stays_below_25_kB_and_the_style_below_12_kB() {
        assertThat(brotliBytes(modules())).isBetween(1, 25 * KILOBYTE);
        assertThat(brotliBytes(matches(STYLE, page))).isBetween(1, 12 * KILOBYTE);
    }

    @Test
    void with_its_plots_the_script_stays_below_60_kB() {
        Set<String> all = modules();
        for (String module : Set.copyOf(all)) {
            matches(LATER_IMPORT, text(module))
                    .forEach(later -> all.addAll(
                            reachableFrom(URI.create(module).resolve(later).getPath())));
        }

        assertThat(all).anyMatch(path -> path.startsWith("/vendor/uplot/"));
        assertThat(brotliBytes(all)).isBetween(1, 60 * KILOBYTE);
    }

    @Test
    void every_module_is_preloaded_and_no_other() {
        Set<String> named = new TreeSet<>(matches(PRELOAD, page));
        named.addAll(matches(ENTRY, page));

        assertThat(named).isEqualTo(modules());
    }

    @Test
    void the_balancer_fills_in_the_user_and_the_tables_for_browsers_without_script() {
        for (String place : List.of("{{user}}", "{{role}}", "{{refresh}}", "{{tables}}")) {
            assertThat(page).containsOnlyOnce(place);
        }
        assertThat(page)
                .containsPattern(
                        "(?s)<noscript>[^/]*\\{\\{refresh}}</noscript>.*<noscript>.*\\{\\{tables}}.*</noscript>");
    }

    @Test
    void a_catalog_can_be_reduced() {
        AssetCatalog pages = catalog.only(Asset::page);

        assertThat(pages.all()).isNotEmpty().allMatch(Asset::page);
        assertThat(catalog.all()).anyMatch(asset -> !asset.page());
    }

    /** The paths of the modules that load with the page. */
    private Set<String> modules() {
        return reachableFrom(matches(ENTRY, page).get(0));
    }

    private Set<String> reachableFrom(String entry) {
        Set<String> seen = new TreeSet<>();
        Deque<String> toRead = new ArrayDeque<>(List.of(entry));
        while (!toRead.isEmpty()) {
            String module = toRead.removeFirst();
            if (seen.add(module)) {
                matches(STATIC_IMPORT, text(module))
                        .forEach(imported ->
                                toRead.add(URI.create(module).resolve(imported).getPath()));
            }
        }
        return seen;
    }

    private int brotliBytes(Iterable<String> paths) {
        int bytes = 0;
        for (String path : paths) {
            Asset asset = catalog.find(path).orElseThrow();
            bytes += asset.encoded(Encoding.BR).orElse(asset.identity()).body().length;
        }
        return bytes;
    }

    private String text(String path) {
        return new String(catalog.find(path).orElseThrow().identity().body(), UTF_8);
    }

    private static List<String> matches(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toList());
    }
}
