package io.ratemesh.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.ReducedMotion;
import io.ratemesh.systemtests.browser.Chromium;
import io.ratemesh.systemtests.browser.ConverterPage;
import io.ratemesh.systemtests.browser.ConverterPage.Visitor;
import io.ratemesh.systemtests.browser.ScriptedRates;
import io.ratemesh.systemtests.browser.WatchedPage;
import io.ratemesh.systemtests.cluster.ClusterUnderTest;
import io.ratemesh.systemtests.cluster.Feeds;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The converter page in a browser, with a cluster whose rates change every second. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConverterPageIT {

    private static final Chromium CHROMIUM = new Chromium();
    private static final ClusterUnderTest CLUSTER = new ClusterUnderTest("browser", Feeds.simulated());

    @BeforeAll
    static void start() {
        CHROMIUM.browser();
        CLUSTER.up(2);
    }

    @AfterAll
    static void end() {
        CLUSTER.close();
        CHROMIUM.close();
    }

    @ParameterizedTest
    @MethodSource("visitors")
    void it_opens_accessible_and_without_an_error_a_foreign_request_or_anything_forbidden(
            String name, Visitor visitor) {
        try (ConverterPage page = open("/", visitor)) {
            assertThat(page.state()).hasAttribute("data-state", "simulated");
            assertThat(page.result()).hasAttribute("data-value", Pattern.compile("\\d+\\.\\d\\d"));
            page.page().locator("#plot").scrollIntoViewIfNeeded();
            assertThat(page.page().locator("#plot canvas")).isVisible();
            page.screenshot("converter-" + name);
            Measured.note("layout shift while the page loads, " + name, page.layoutShift() + " " + page.layoutShifts());

            assertAccessible(page, name);
            assertThat(page.complaints()).isEmpty();
            assertThat(page.policyViolations()).isEmpty();
            assertThat(page.foreignRequests()).isEmpty();
            assertThat(page.overflow()).as("pixels to scroll sideways").isZero();
        }
    }

    /** As a browser gets it from the network; what comes by way of the service worker has no compressed size. */
    @Test
    void all_that_is_loaded_weighs_less_than_100_kB() throws Exception {
        try (ConverterPage page = open("/", Visitor.AT_A_DESK)) {
            assertThat(page.page().locator("#plot canvas")).isVisible();
            List<?> loaded = (List<?>)
                    page.page()
                            .evaluate(
                                    "[...new Set(performance.getEntriesByType('resource')"
                                            + ".map(({ name }) => new URL(name).pathname).filter((path) => !path.startsWith('/api/')))]");

            Map<String, Integer> sizes = new TreeMap<>();
            for (Object path : loaded) {
                sizes.put(path.toString(), compressedSize(path.toString()));
            }

            int bytes = sizes.values().stream().mapToInt(Integer::intValue).sum();
            assertThat(bytes).as(sizes.toString()).isBetween(1, 100_000);
            Measured.note("bytes of the converter page with its chart", bytes + " " + sizes);
        }
    }

    private static int compressedSize(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(CLUSTER.uri().resolve(path))
                .header("Accept-Encoding", "br")
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofByteArray())
                .body()
                .length;
    }

    @Test
    void the_example_of_the_documentation_converts_and_follows_from_a_page_of_another_origin() throws IOException {
        String example = Files.readString(Path.of("..", "docs", "examples", "javascript", "browser.js"));
        try (Page page = CHROMIUM.browser().newPage()) {
            page.addScriptTag(new Page.AddScriptTagOptions().setContent(example));
            String origin = CLUSTER.uri().toString();

            assertThat(page.evaluate("base => convert(base, 'EUR', 'USD', '100')", origin)
                            .toString())
                    .matches("100 EUR = \\d+\\.\\d\\d USD \\(\\w+, .*Z\\)");
            assertThat(page.evaluate("base => convert(base, 'EUR', 'XYZ', '1').catch(e => e.message)", origin)
                            .toString())
                    .startsWith("unknown-currency: ");
            assertThat(page.evaluate(
                            "base => new Promise(resolve => {"
                                    + " const seen = [];"
                                    + " const stream = follow(base, ['EUR/USD'], (type, pair) => {"
                                    + "   seen.push(type + ' ' + pair);"
                                    + "   if (seen.length === 2) { stream.close(); resolve(seen); } }); })",
                            origin))
                    .isEqualTo(List.of("snapshot EUR/USD", "rates EUR/USD"));
        }
    }

    @ParameterizedTest
    @CsvSource({"1234.56, EUR, USD", "250.75, USD, JPY", "'1,234.5', GBP, EUR", "0, EUR, USD"})
    void a_typed_amount_is_converted_as_the_API_converts_it(String typed, String from, String to) {
        try (ConverterPage page = open("/?from=" + from + "&to=" + to + "&amount=1", Visitor.AT_A_DESK)) {
            page.amount().fill("");
            page.amount().pressSequentially(typed);

            String amount = typed.replace(",", "");
            shortly()
                    .untilAsserted(() -> assertThat(page.resultValue())
                            .isEqualTo(CLUSTER.api().convert(from, to, amount).getString("result")));
            assertThat(page.result()).hasAttribute("data-currency", to);
            assertThat(page.amountError()).isEmpty();
        }
    }

    @Test
    void unit_and_inverse_rate_are_the_APIs_to_six_digits() {
        try (ConverterPage page = open("/?from=EUR&to=USD&amount=1", Visitor.AT_A_DESK)) {
            shortly().untilAsserted(() -> {
                JsonObject response = CLUSTER.api().convert("EUR", "USD", "1");
                String six = new BigDecimal(response.getString("rate"))
                        .setScale(5, RoundingMode.HALF_UP)
                        .toPlainString();
                assertThat(page.unitRate().textContent().strip()).isEqualTo("1 EUR = " + six + " USD");
            });
            assertThat(page.inverseRate()).containsText("1 USD = 0.");
        }
    }

    @Test
    void to_swap_twice_changes_nothing() {
        try (ConverterPage page = open("/?from=USD&to=JPY&amount=250.75", Visitor.AT_A_DESK)) {
            page.swap();
            assertThat(page.from()).hasValue("JPY");
            assertThat(page.to()).hasValue("USD");
            assertThat(page.amount()).hasValue("250.75");
            assertThat(page.result()).hasAttribute("data-currency", "USD");

            page.swap();
            assertThat(page.from()).hasValue("USD");
            assertThat(page.to()).hasValue("JPY");
            assertThat(page.amount()).hasValue("250.75");
            assertThat(page.result()).hasAttribute("data-currency", "JPY");
            shortly()
                    .untilAsserted(() -> assertThat(page.resultValue())
                            .isEqualTo(CLUSTER.api()
                                    .convert("USD", "JPY", "250.75")
                                    .getString("result")));
        }
    }

    @ParameterizedTest
    @MethodSource("widths")
    void live_ticks_change_the_rate_and_move_nothing_else(String name, Visitor visitor) {
        try (ConverterPage page = open("/?from=USD&to=JPY&amount=1000000", visitor)) {
            assertThat(page.state()).hasAttribute("data-state", "simulated");
            page.board().scrollIntoViewIfNeeded();
            assertThat(page.board().locator("polyline").first()).isAttached();
            page.page().locator("#plot").scrollIntoViewIfNeeded();
            assertThat(page.page().locator("#plot canvas")).isAttached();
            int before = page.layoutShifts().size();
            Set<String> rates = new HashSet<>();
            Set<String> results = new HashSet<>();
            Set<String> boards = new HashSet<>();
            Set<String> titles = new HashSet<>();

            shortly().until(() -> {
                rates.add(page.unitRate().textContent());
                results.add(page.resultValue());
                boards.add(page.board().textContent());
                titles.add(page.page().title());
                return rates.size() >= 2 && results.size() >= 2 && boards.size() >= 4 && titles.size() >= 2;
            });

            assertThat(page.layoutShifts()).as(name).hasSize(before);
            assertThat(page.complaints()).isEmpty();
        }
    }

    /** All amounts keep their number of digits. {@code -Dratemesh.ticks=600} makes a minute of it. */
    @ParameterizedTest
    @MethodSource("widths")
    void ten_ticks_per_second_move_nothing(String name, Visitor visitor) {
        int ticks = Integer.getInteger("ratemesh.ticks", 50);
        try (ConverterPage page = open("/?from=EUR&to=USD&amount=100", visitor, ScriptedRates::newest)) {
            assertThat(page.state()).hasAttribute("data-state", "live");
            page.board().scrollIntoViewIfNeeded();
            assertThat(page.board().locator("polyline").first()).isAttached();
            page.page().locator("#plot").scrollIntoViewIfNeeded();
            assertThat(page.page().locator("#plot canvas")).isAttached();
            int before = page.layoutShifts().size();
            page.longTasks();

            double millis = ScriptedRates.tickTenTimesASecond(page.page(), ticks);

            Measured.note("scripting per tick, " + name, millis + " ms; tasks above 50 ms: " + page.longTasks());
            List<String> shifts = page.layoutShifts();
            assertThat(shifts.subList(before, shifts.size())).isEmpty();
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void a_shift_or_anything_forbidden_would_have_been_noticed() {
        try (ConverterPage page = open("/", Visitor.AT_A_DESK)) {
            assertThat(page.state()).hasAttribute("data-state", "simulated");
            double before = page.layoutShift();

            page.page().evaluate("document.body.prepend(document.createElement('hr'))");
            page.page()
                    .evaluate("document.body.append(Object.assign(new Image(), { src: 'https://example.com/x.png' }))");

            shortly().untilAsserted(() -> {
                assertThat(page.layoutShift()).isGreaterThan(before);
                assertThat(page.policyViolations()).isNotEmpty();
                assertThat(page.complaints()).isNotEmpty();
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-5", "1e400", ""})
    void a_bad_amount_is_explained_at_the_field_and_the_focus_stays(String typed) {
        try (ConverterPage page = open("/?from=EUR&to=USD&amount=100", Visitor.AT_A_DESK)) {
            assertThat(page.result()).hasAttribute("data-value", Pattern.compile(".+"));

            page.amount().fill("");
            page.amount().pressSequentially(typed);

            assertThat(page.amountError()).not().isEmpty();
            assertAccessible(page, typed);
            assertThat(page.amount()).hasAttribute("aria-invalid", "true");
            assertThat(page.amount()).hasAttribute("aria-describedby", Pattern.compile("(^| )amount-error( |$)"));
            assertThat(page.amount()).isFocused();
            assertThat(page.resultValue()).isEmpty();

            page.amount().fill("100");
            assertThat(page.amountError()).isEmpty();
            assertThat(page.result()).hasAttribute("data-value", Pattern.compile("\\d+\\.\\d\\d"));
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void a_link_restores_what_it_was_made_of_also_after_a_reload() {
        try (ConverterPage page = open("/?from=USD&to=KRW&amount=250.5", Visitor.AT_A_DESK)) {
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThat(page.from()).hasValue("USD");
                assertThat(page.to()).hasValue("KRW");
                assertThat(page.amount()).hasValue(Pattern.compile("250\\.50?"));
                assertThat(page.result()).hasAttribute("data-currency", "KRW");
                page.page().reload();
            }
        }
    }

    @Test
    void the_link_in_the_address_bar_follows_what_is_typed() {
        try (ConverterPage page = open("/", Visitor.AT_A_DESK)) {
            page.amount().fill("42.5");

            assertThat(page.page()).hasURL(Pattern.compile(".*[?&]amount=42\\.5(&.*)?$"));
        }
    }

    @Test
    void when_the_node_behind_the_stream_is_killed_another_one_continues_it() {
        List<Request> streams = new CopyOnWriteArrayList<>();
        Consumer<Page> recording = page -> page.onRequest(request -> {
            if (request.url().contains("/api/v1/stream")) {
                streams.add(request);
            }
        });
        try (ConverterPage page = open("/?from=EUR&to=USD&amount=100", Visitor.AT_A_DESK, recording)) {
            assertThat(page.state()).hasAttribute("data-state", "simulated");
            page.page()
                    .evaluate("new MutationObserver(() => (window.seen ??= []).push(state.dataset.state))"
                            + ".observe(state, { attributeFilter: ['data-state'] })");
            String killed = streams.get(0).response().headerValue("x-served-by");
            CLUSTER.jvm(killed).kill();
            try {
                shortly().until(() -> {
                    page.page().evaluate("0");
                    return streams.size() > 1;
                });
                String before = page.unitRate().textContent();
                shortly().until(() -> !page.unitRate().textContent().equals(before));

                assertThat(streams.get(1).headerValue("last-event-id")).matches("\\d{10,}");
                assertThat(page.state()).hasAttribute("data-state", "simulated");
                assertThat(page.page().evaluate("window.seen ?? []"))
                        .as("states in between")
                        .isEqualTo(List.of());
                assertThat(page.policyViolations()).isEmpty();
            } finally {
                CLUSTER.awaitServing(CLUSTER.converter());
            }
        }
    }

    @Test
    void back_and_forward_restore_currencies() {
        try (ConverterPage page = open("/?from=USD&to=EUR&amount=10", Visitor.AT_A_DESK)) {
            page.swap();
            assertThat(page.from()).hasValue("EUR");

            page.page().goBack();
            assertThat(page.from()).hasValue("USD");
            assertThat(page.amount()).hasValue("10");
            page.page().goForward();
            assertThat(page.from()).hasValue("EUR");
        }
    }

    @Test
    void what_is_typed_before_the_script_has_loaded_counts() {
        List<Route> held = new CopyOnWriteArrayList<>();
        try (WatchedPage watched = new WatchedPage(CHROMIUM.browser().newContext(), CLUSTER.uri())) {
            Page page = watched.page();
            page.route("**/languages/*", held::add);
            page.navigate(CLUSTER.uri() + "/?from=EUR&to=USD");
            page.locator("#amount").fill("25");
            held.forEach(Route::resume);
            assertThat(page.locator("#converted")).hasAttribute("data-value", Pattern.compile("2\\d\\.\\d\\d"));
            page.keyboard().type("0");

            assertThat(page.locator("#amount")).hasValue("250");
            assertThat(page.locator("#converted")).hasAttribute("data-value", Pattern.compile("2\\d\\d\\.\\d\\d"));
        }
    }

    @Test
    void either_side_can_be_typed_into() {
        try (ConverterPage page = open("/?from=EUR&to=USD&amount=1", Visitor.AT_A_DESK)) {
            page.textbox("Converted").fill("500");

            shortly()
                    .untilAsserted(() -> assertThat(page.amount().getAttribute("data-value"))
                            .isEqualTo(
                                    CLUSTER.api().convert("USD", "EUR", "500").getString("result")));
            assertThat(page.page()).hasURL(Pattern.compile(".*side=to.*"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            de-DE | 1.234,56    | 1234.56
            fr-FR | 1 234,56    | 1234.56
            ar-EG | ١٬٢٣٤٫٥٦    | 1234.56
            en-IN | 12,34,567.8 | 1234567.8
            en-GB | €1,234.50   | 1234.50
            """)
    void amounts_are_entered_as_in_the_country_of_the_reader(String locale, String entered, String amount) {
        try (ConverterPage page = open("/?from=EUR&to=JPY&amount=1", Visitor.of(locale))) {
            page.page().locator("#amount").fill(entered);

            shortly()
                    .untilAsserted(() -> assertThat(page.resultValue())
                            .matches("\\d+")
                            .isEqualTo(
                                    CLUSTER.api().convert("EUR", "JPY", amount).getString("result")));
            assertThat(page.page().locator("html")).hasAttribute("dir", locale.startsWith("ar") ? "rtl" : "ltr");
        }
    }

    @Test
    void a_currency_is_picked_by_keyboard_alone() {
        try (ConverterPage page = open("/?from=EUR&to=USD&amount=100", Visitor.AT_A_DESK)) {
            page.to().focus();
            page.page().keyboard().type("switz");
            assertThat(page.to()).hasAttribute("aria-expanded", "true");
            assertThat(page.page().locator("#to-list [role=option]")).hasCount(1);
            assertAccessible(page, "open picker");
            page.page().keyboard().press("Enter");
            assertThat(page.to()).hasValue("CHF");
            assertThat(page.to()).isFocused();

            page.page().keyboard().press("ArrowDown");
            page.page().keyboard().press("ArrowDown");
            page.page().keyboard().press("Escape");
            assertThat(page.to()).hasValue("CHF");
            assertThat(page.page()).hasURL(Pattern.compile(".*to=CHF.*"));
        }
    }

    @Test
    void a_late_response_does_not_overwrite_a_newer_one() {
        try (ConverterPage page = open("/?from=EUR&to=USD&amount=1&date=2026-07-06", Visitor.AT_A_DESK)) {
            assertThat(page.result()).hasAttribute("data-value", Pattern.compile(".+"));
            List<Route> held = new ArrayList<>();
            page.page().route("**/convert?*amount=2&*", held::add);
            page.amount().fill("2");
            shortly().until(() -> {
                page.page().evaluate("0");
                return !held.isEmpty();
            });

            page.amount().fill("3");
            shortly().until(() -> page.resultValue().equals("3.42"));
            held.forEach(Route::resume);
            page.page().evaluate("fetch('/api/v1/status').then((response) => response.text())");

            assertThat(page.resultValue()).isEqualTo("3.42");
        }
    }

    @Test
    void without_a_network_the_page_opens_and_converts_at_the_last_rates_and_says_so() {
        try (ConverterPage page = open("/?from=EUR&to=USD&amount=100", Visitor.AT_A_DESK)) {
            assertThat(page.state()).hasAttribute("data-state", "simulated");
            assertThat(page.page().locator("#plot canvas")).isVisible();
            page.page()
                    .waitForFunction(
                            "async () => navigator.serviceWorker.controller && localStorage['ratemesh.book'] &&"
                                    + " (await (await caches.open('ratemesh-page-1')).keys()).some(({ url }) => url.includes('chart-plot'))");

            page.context().setOffline(true);
            assertThat(page.state()).hasAttribute("data-state", "offline");
            page.page().reload();

            assertThat(page.state()).hasAttribute("data-state", "offline");
            page.amount().fill("200");
            assertThat(page.result()).hasAttribute("data-value", Pattern.compile("2\\d\\d\\.\\d\\d|1\\d\\d\\.\\d\\d"));
            assertThat(page.page().locator("#rate-time .age")).not().isEmpty();
            assertThat(page.page().locator("#notice")).containsText("last rates");
            assertAccessible(page, "offline");
            page.screenshot("converter-offline");

            page.context().setOffline(false);
            assertThat(page.state())
                    .hasAttribute(
                            "data-state", "simulated", new LocatorAssertions.HasAttributeOptions().setTimeout(40_000));
        }
    }

    @ParameterizedTest
    @CsvSource({"1W, 1W, ", "1Y, 1Y, ", "5Y, 5Y, week", "Max, max, month"})
    void chart_and_table_show_the_history_of_the_API(String tab, String range, @Nullable String group) {
        try (ConverterPage page = open("/?from=USD&to=JPY&amount=1", Visitor.AT_A_DESK)) {
            page.named(AriaRole.TAB, tab).click();
            assertThat(page.named(AriaRole.TAB, tab)).hasAttribute("aria-selected", "true");
            page.button("Show as table").click();

            JsonArray points = new JsonObject(CLUSTER.api()
                            .get("/api/v1/history/USD/JPY?range=" + range + (group == null ? "" : "&group=" + group))
                            .body())
                    .getJsonArray("points");
            List<String> closes = new ArrayList<>();
            points.forEach(point -> closes.add(0, ((JsonObject) point).getString("close")));
            Locator table = page.named(AriaRole.TABLE, "USD/JPY by time");
            shortly()
                    .untilAsserted(() -> assertThat(table.locator("td:last-child")
                                    .evaluateAll("cells => cells.map((cell) => cell.dataset.value)"))
                            .isEqualTo(closes));
            assertAccessible(page, "table of " + tab);
        }
    }

    @Test
    void points_of_the_chart_are_read_by_keyboard() {
        try (ConverterPage page = open("/?from=EUR&to=USD&amount=1", Visitor.AT_A_DESK)) {
            assertThat(page.page().locator("#plot canvas")).isVisible();
            Locator points = page.named(AriaRole.SLIDER, "Points of the chart");
            points.focus();
            page.page().keyboard().press("Home");

            assertThat(points).hasAttribute("aria-valuenow", "0");
            assertThat(points).hasAttribute("aria-valuetext", Pattern.compile(".*202\\d · 1\\.\\d{5}"));
            assertThat(page.page().locator("#chart-point")).not().isEmpty();
        }
    }

    @Test
    void the_board_is_arranged_by_keyboard_and_kept() {
        try (ConverterPage page = open("/?from=EUR&to=USD&amount=100", Visitor.AT_A_DESK)) {
            page.button("Add currency").press("Enter");
            assertThat(page.combobox("New currency")).isFocused();
            page.page().keyboard().type("SEK");
            page.page().keyboard().press("Enter");
            assertThat(page.button("Add currency")).isFocused();
            page.button("Remove GBP").press("Enter");
            page.button("Move SEK up").press("Enter");
            assertThat(page.button("Move SEK up")).isFocused();

            List<String> arranged = page.boardCurrencies();
            assertThat(arranged).doesNotContain("GBP").endsWith("SEK", "INR");
            page.page().reload();
            shortly().untilAsserted(() -> assertThat(page.boardCurrencies()).isEqualTo(arranged));
        }
    }

    @Test
    void paused_rates_do_not_change_until_they_are_resumed() {
        try (ConverterPage page = open("/?from=EUR&to=USD&amount=100", Visitor.AT_A_DESK)) {
            assertThat(page.state()).hasAttribute("data-state", "simulated");
            page.button("Pause").click();
            assertThat(page.button("Pause")).hasAttribute("aria-pressed", "true");
            assertThat(page.state()).hasAttribute("data-state", "paused");
            String before = page.board().textContent();
            JsonObject old = CLUSTER.api().convert("EUR", "USD", "100000");
            shortly()
                    .until(() -> !CLUSTER.api()
                            .convert("EUR", "USD", "100000")
                            .getString("result")
                            .equals(old.getString("result")));
            assertThat(page.board().textContent()).isEqualTo(before);

            page.button("Pause").click();
            assertThat(page.state()).hasAttribute("data-state", "simulated");
            shortly().until(() -> !page.board().textContent().equals(before));
        }
    }

    @Test
    void a_past_day_has_its_reference_rate_and_a_markup_its_cost() {
        try (ConverterPage page = open("/?from=USD&to=JPY&amount=250.75", Visitor.AT_A_DESK)) {
            page.page()
                    .getByLabel("Date", new Page.GetByLabelOptions().setExact(true))
                    .fill("2022-03-06");

            assertThat(page.result()).hasAttribute("data-value", "28948");
            assertThat(page.page().locator("#notice")).containsText("4 Mar 2022");

            page.named(AriaRole.RADIO, "5%").check();
            assertThat(page.result()).hasAttribute("data-value", "27500");
            assertThat(page.page().locator("#cost")).containsText("1,448 JPY");
            assertThat(page.page()).hasURL(Pattern.compile(".*date=2022-03-06&markup=5.*"));
        }
    }

    @Test
    void result_and_link_are_copied_and_announced() {
        try (ConverterPage page = open("/?from=EUR&to=USD&amount=100&date=2026-07-06", Visitor.AT_A_DESK)) {
            page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
            assertThat(page.status()).containsText("100 EUR = 114.15 USD");

            page.button("Copy result").click();
            assertThat(page.status()).hasText("Copied: 100 EUR = 114.15 USD");
            assertThat(page.page().evaluate("navigator.clipboard.readText()")).isEqualTo("100 EUR = 114.15 USD");
            page.button("Copy link").click();
            assertThat(page.status()).hasText("The link is copied.");
        }
    }

    @Test
    void an_alert_is_told_when_its_rate_is_reached() {
        try (ConverterPage page = open("/?from=EUR&to=USD&amount=100", Visitor.AT_A_DESK)) {
            page.textbox("Rate").fill("0.5");
            page.button("Set alert").click();

            Locator alert = page.page().locator("#alerts li");
            assertThat(alert).containsText("1 EUR above 0.5 USD");
            assertThat(alert).containsText("Reached");
            page.button("Remove alert 1 EUR above 0.5 USD").click();
            assertThat(alert).hasCount(0);
        }
    }

    @ParameterizedTest
    @CsvSource({"USD, 110.00", "JPY, '16,040'", "KWD, 35.210"})
    void a_result_has_the_minor_units_of_its_currency(String to, String result) {
        try (ConverterPage page = open("/?from=EUR&amount=100&to=" + to, Visitor.AT_A_DESK, ScriptedRates::newest)) {
            assertThat(page.result()).hasValue(result);
        }
    }

    @Test
    void rates_are_stale_when_two_heartbeats_were_missed_and_the_API_has_newer_ones() {
        Consumer<Page> clock = page -> page.clock().install();
        try (ConverterPage page = open("/", Visitor.AT_A_DESK, clock.andThen(ScriptedRates::outdated))) {
            assertThat(page.state()).hasAttribute("data-state", "live");
            page.page().clock().fastForward(20_000);
            assertThat(page.state()).hasAttribute("data-state", "live");
            assertThat(ScriptedRates.streams(page.page())).isEqualTo(1);

            page.page().clock().fastForward(11_000);
            assertThat(page.state()).hasAttribute("data-state", "stale");
            page.screenshot("converter-stale");
            assertThat(ScriptedRates.streams(page.page())).isEqualTo(2);
            assertAccessible(page, "stale");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-07-03T21:59:00Z, false",
        "2026-07-03T22:01:00Z, true",
        "2026-07-05T21:59:00Z, true",
        "2026-07-05T22:01:00Z, false"
    })
    void at_a_weekend_a_notice_says_that_the_market_is_closed(String time, boolean closed) {
        Consumer<Page> clock = page -> page.clock().setFixedTime(time);
        try (ConverterPage page = open("/", Visitor.AT_A_DESK, clock.andThen(ScriptedRates::newest))) {
            assertThat(page.state()).hasAttribute("data-state", "live");
            LocatorAssertions notice = assertThat(page.page().locator("#notice"));
            (closed ? notice : notice.not()).containsText("market is closed");
        }
    }

    @Test
    void a_markup_of_ones_own_is_entered_in_percent() {
        try (ConverterPage page = open("/?from=EUR&to=USD&amount=100", Visitor.AT_A_DESK, ScriptedRates::newest)) {
            page.named(AriaRole.RADIO, "Own").check();
            Locator percentage = page.page().locator("#own-markup");
            percentage.fill("2.5");
            percentage.press("Enter");
            assertThat(page.result()).hasAttribute("data-value", "107.25");
            assertThat(page.page()).hasURL(Pattern.compile(".*markup=2\\.5.*"));

            percentage.fill("much");
            percentage.press("Tab");
            assertThat(page.page().locator("#own-markup-error")).not().isEmpty();
            assertThat(percentage).hasAttribute("aria-invalid", "true");
            assertThat(page.result()).hasAttribute("data-value", "107.25");
            assertAccessible(page, "invalid markup");
        }
    }

    @Test
    void forced_colours_show_what_is_chosen() {
        Consumer<Page> forced =
                page -> page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
        try (ConverterPage page = open("/", Visitor.AT_A_DESK, forced.andThen(ScriptedRates::newest))) {
            assertThat(page.named(AriaRole.TAB, "1Y")).isVisible();
            for (String chosen : List.of(
                    "[role=tab][aria-selected=true]", ".segments label:has(:checked)", ".themes label:has(:checked)")) {
                assertThat(page.page().locator(chosen)).hasCSS("outline-style", "solid");
            }
            assertThat(page.named(AriaRole.TAB, "1D")).hasCSS("outline-style", "none");
            assertAccessible(page, "forced colours");
            page.screenshot("converter-forced-colours");
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothing_moves_for_a_reader_who_wants_less_motion(ReducedMotion motion) {
        Consumer<Page> preference = page -> page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(motion));
        try (ConverterPage page = open("/", Visitor.AT_A_DESK, preference.andThen(ScriptedRates::newest))) {
            assertThat(page.state()).hasAttribute("data-state", "live");
            assertThat(page.page().evaluate("document.getAnimations().length > 0"))
                    .isEqualTo(motion == ReducedMotion.NO_PREFERENCE);
        }
    }

    @Test
    void a_rate_that_reaches_an_alert_is_notified_once() {
        Consumer<Page> notifications = page -> page.addInitScript("""
                window.notified = [];
                window.Notification = class {
                  static permission = "granted";
                  constructor(title, { body }) { notified.push(`${title}: ${body}`); }
                };
                """);
        try (ConverterPage page =
                open("/?from=EUR&to=USD&amount=1", Visitor.AT_A_DESK, notifications.andThen(ScriptedRates::newest))) {
            page.textbox("Rate").fill("1.15");
            page.button("Set alert").click();
            ScriptedRates.tick(page.page(), "1.1499");
            assertThat(page.page().locator("#alerts li")).containsText("Waiting");
            ScriptedRates.tick(page.page(), "1.1501");
            assertThat(page.page().locator("#alerts li")).containsText("Reached");
            ScriptedRates.tick(page.page(), "1.16");
            assertThat(page.unitRate()).containsText("1.16000");

            assertThat(page.page().evaluate("notified")).isEqualTo(List.of("Ratemesh: 1 EUR above 1.15 USD"));
        }
    }

    @Test
    void language_and_theme_are_chosen_and_kept() {
        try (ConverterPage page = open("/", Visitor.AT_A_DESK)) {
            page.combobox("Language").selectOption("ar");
            assertThat(page.page().locator("html")).hasAttribute("dir", "rtl");
            page.page().locator("[value=dark]").check(new Locator.CheckOptions().setForce(true));
            page.page().reload();
            assertThat(page.page().locator("html")).hasAttribute("lang", "ar");
            assertThat(page.page().locator("html")).hasAttribute("data-theme", "dark");
            assertAccessible(page, "dark, right to left");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-GB", "de-DE", "ar-EG"})
    void a_window_320_pixels_wide_needs_no_sideways_scrolling(String locale) {
        Visitor visitor = new Visitor(320, 256, ColorScheme.LIGHT, locale);
        try (ConverterPage page = open("/?from=EUR&to=JPY&amount=123456789.12", visitor)) {
            assertThat(page.state()).hasAttribute("data-state", "simulated");
            page.page().locator("#plot").scrollIntoViewIfNeeded();
            assertThat(page.page().locator("#plot canvas")).isAttached();
            assertThat(page.overflow()).isZero();
        }
    }

    @Test
    void without_JavaScript_the_form_converts() {
        Browser.NewContextOptions withoutScript = new Browser.NewContextOptions().setJavaScriptEnabled(false);
        try (WatchedPage watched = new WatchedPage(CHROMIUM.browser().newContext(withoutScript), CLUSTER.uri())) {
            Page page = watched.page();
            page.navigate(CLUSTER.uri() + "/");
            page.getByLabel("Amount").fill("250.75");
            page.getByLabel("From").selectOption("USD");
            page.getByLabel("To", new Page.GetByLabelOptions().setExact(true)).selectOption("JPY");
            page.getByText("Convert", new Page.GetByTextOptions().setExact(true))
                    .click();

            assertThat(page.locator("h1")).hasText(Pattern.compile("250\\.75 USD = \\d+ JPY"));
        }
    }

    @Test
    void what_is_shown_without_JavaScript_is_accessible() {
        try (WatchedPage watched = new WatchedPage(CHROMIUM.browser().newContext(), CLUSTER.uri())) {
            Page page = watched.page();
            watched.serveWithoutScripts(CLUSTER.uri() + "/");
            page.navigate(CLUSTER.uri() + "/");
            assertThat(page.getByText("Convert", new Page.GetByTextOptions().setExact(true)))
                    .isVisible();
            assertThat(page.locator("#board")).isHidden();
            assertAccessible(watched, "without JavaScript");
        }
    }

    private static Stream<Arguments> visitors() {
        return Stream.of(
                Arguments.of("1280-light", Visitor.AT_A_DESK),
                Arguments.of("1280-dark", Visitor.AT_A_DESK_IN_THE_DARK),
                Arguments.of("360-light", Visitor.ON_A_PHONE),
                Arguments.of("360-dark", Visitor.ON_A_PHONE_IN_THE_DARK),
                Arguments.of("768-light", Visitor.WITH_A_TABLET),
                Arguments.of("1280-arabic", Visitor.of("ar-EG")));
    }

    private static Stream<Arguments> widths() {
        return Stream.of(Arguments.of("1280", Visitor.AT_A_DESK), Arguments.of("360", Visitor.ON_A_PHONE));
    }

    private static ConverterPage open(String link, Visitor visitor) {
        return open(link, visitor, page -> {});
    }

    private static ConverterPage open(String link, Visitor visitor, Consumer<Page> preparation) {
        return ConverterPage.open(CHROMIUM.browser(), CLUSTER.uri(), link, visitor, preparation);
    }

    /**
     * Each second some rates change, and each rate within 20 s: what has to be equal at last is not equal at every
     * moment.
     */
    private static ConditionFactory shortly() {
        return await().pollInSameThread().pollInterval(Duration.ofMillis(50)).atMost(Duration.ofSeconds(30));
    }

    private static void assertAccessible(WatchedPage page, String state) {
        assertThat(page.barriers()).as(state).isEmpty();
    }
}
