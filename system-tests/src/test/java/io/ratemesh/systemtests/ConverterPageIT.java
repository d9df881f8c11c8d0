package io.ratemesh.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.ratemesh.systemtests.browser.Chromium;
import io.ratemesh.systemtests.browser.ConverterPage;
import io.ratemesh.systemtests.browser.ConverterPage.Visitor;
import io.ratemesh.systemtests.cluster.ClusterUnderTest;
import io.ratemesh.systemtests.cluster.Feeds;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The converter page in a browser, with a cluster whose rates change every second. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConverterPageIT {

    private static final Chromium CHROMIUM = new Chromium();
    private static final ClusterUnderTest CLUSTER = new ClusterUnderTest("browser", Feeds.simulated());
    private static final List<String> WCAG = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

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
    void it_opens_without_an_error_a_foreign_request_or_anything_forbidden(String name, Visitor visitor) {
        try (ConverterPage page = open("/", visitor)) {
            assertThat(page.state()).hasAttribute("data-state", "simulated");
            assertThat(page.result()).hasAttribute("data-value", Pattern.compile("\\d+\\.\\d\\d"));
            page.screenshot("converter-" + name);
            Measured.note("layout shift while the page loads, " + name, page.layoutShift() + " " + page.layoutShifts());

            assertThat(page.complaints()).isEmpty();
            assertThat(page.policyViolations()).isEmpty();
            assertThat(page.foreignRequests()).isEmpty();
            assertThat(page.overflow()).as("pixels to scroll sideways").isZero();
        }
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
    @MethodSource("visitors")
    void it_is_accessible_by_WCAG_2_2_AA(String name, Visitor visitor) {
        try (ConverterPage page = open("/", visitor)) {
            assertThat(page.state()).hasAttribute("data-state", "simulated");

            List<Rule> violations =
                    new AxeBuilder(page.page()).withTags(WCAG).analyze().getViolations();

            assertThat(violations.stream().map(ConverterPageIT::readable))
                    .as(name)
                    .isEmpty();
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
                assertThat(page.unitRate().textContent()).isEqualTo("1 EUR = " + six + " USD");
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
            int before = page.layoutShifts().size();
            Set<String> rates = new HashSet<>();
            Set<String> results = new HashSet<>();
            Set<String> boards = new HashSet<>();

            shortly().until(() -> {
                rates.add(page.unitRate().textContent());
                results.add(page.resultValue());
                boards.add(page.board().textContent());
                return rates.size() >= 2 && results.size() >= 2 && boards.size() >= 4;
            });

            assertThat(page.layoutShifts()).as(name).hasSize(before);
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
    void when_the_node_behind_the_page_is_killed_the_rates_go_on() {
        try (ConverterPage page = open("/?from=EUR&to=USD&amount=100", Visitor.AT_A_DESK)) {
            assertThat(page.servedBy()).hasText(Pattern.compile("converter-\\d+"));
            String killed = page.servedBy().textContent();
            CLUSTER.jvm(killed).kill();
            try {
                shortly().until(() -> !page.servedBy().textContent().equals(killed));
                Locator rate = page.unitRate();
                String before = rate.textContent();
                shortly().until(() -> !rate.textContent().equals(before));
                assertThat(page.state()).hasAttribute("data-state", "simulated");
                assertThat(page.policyViolations()).isEmpty();
            } finally {
                CLUSTER.awaitServing(CLUSTER.converter());
            }
        }
    }

    private static Stream<Arguments> visitors() {
        return Stream.of(
                Arguments.of("1280-light", Visitor.AT_A_DESK),
                Arguments.of("1280-dark", Visitor.AT_A_DESK_IN_THE_DARK),
                Arguments.of("360-light", Visitor.ON_A_PHONE),
                Arguments.of("360-dark", Visitor.ON_A_PHONE_IN_THE_DARK));
    }

    private static Stream<Arguments> widths() {
        return Stream.of(Arguments.of("1280", Visitor.AT_A_DESK), Arguments.of("360", Visitor.ON_A_PHONE));
    }

    private static ConverterPage open(String link, Visitor visitor) {
        return ConverterPage.open(CHROMIUM.browser(), CLUSTER.uri(), link, visitor);
    }

    /**
     * Each second some rates change, and each rate within 20 s: what has to be equal at last is not equal at every
     * moment.
     */
    private static ConditionFactory shortly() {
        return await().pollInSameThread().pollInterval(Duration.ofMillis(50)).atMost(Duration.ofSeconds(30));
    }

    private static String readable(Rule rule) {
        return rule.getId() + " (" + rule.getHelp() + "): "
                + rule.getNodes().stream()
                        .map(node -> String.valueOf(node.getTarget()))
                        .toList();
    }
}
