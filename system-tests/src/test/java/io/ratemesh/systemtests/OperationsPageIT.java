package io.ratemesh.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.ratemesh.systemtests.browser.Chromium;
import io.ratemesh.systemtests.browser.ConverterPage.Visitor;
import io.ratemesh.systemtests.browser.OperationsPage;
import io.ratemesh.systemtests.browser.WatchedPage;
import io.ratemesh.systemtests.cluster.ClusterUnderTest;
import io.ratemesh.systemtests.cluster.Feeds;
import io.ratemesh.systemtests.cluster.StatsPort;
import io.ratemesh.systemtests.feed.EcbDay;
import io.ratemesh.systemtests.feed.EcbServer;
import io.ratemesh.systemtests.load.SteadyLoad;
import io.ratemesh.systemtests.process.Jvm;
import io.ratemesh.systemtests.process.PortBlock;
import io.ratemesh.systemtests.process.ServiceJar;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The operations page in a browser, with a cluster whose nodes are drained, killed and scaled. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OperationsPageIT {

    private static final String POOL = "converters";
    private static final String VIEWER_PASSWORD = "only-looking";
    private static final Pattern SERVING = Pattern.compile("UP|SLOW_START|SUSPECT");

    /** A node needs some seconds to start. */
    private static final double START_MILLIS = 60_000;

    /** About two seconds of the load. */
    private static final int A_WHILE = 2000;

    private static final int MANY_POOLS = 20;
    private static final int MANY_SERVERS = 50;

    private static final EcbServer ECB = new EcbServer(EcbDay.published());
    private static final Chromium CHROMIUM = new Chromium();
    private static final ClusterUnderTest CLUSTER = new ClusterUnderTest("operations", Feeds.served(ECB));

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        CHROMIUM.browser();
        Path viewer = Files.writeString(folder.resolve("viewer-password"), VIEWER_PASSWORD);
        CLUSTER.with("balancer.stats.viewer-password-file", viewer.toString())
                .with("balancer.scaler.enabled", "true")
                .with("balancer.scaler.max", "4")
                .with("balancer.scaler.target-cpu", "100%")
                .with("balancer.scaler.down-cooldown", "10m")
                .withLauncher()
                .up(2);
        PlaywrightAssertions.setDefaultAssertionTimeout(15_000);
    }

    @AfterAll
    static void end() {
        CLUSTER.close();
        CHROMIUM.close();
        ECB.close();
    }

    @BeforeEach
    void restore() {
        CLUSTER.restore();
    }

    @ParameterizedTest
    @MethodSource("visitors")
    void it_opens_without_an_error_a_foreign_request_or_anything_forbidden(String name, Visitor visitor) {
        try (OperationsPage page = open("admin", visitor)) {
            assertThat(page.row(POOL, "converter-1")).isVisible();
            assertThat(page.page().locator("#plot-latency canvas")).isVisible();
            page.watched().screenshot("operations-" + name);

            assertFlawless(page.watched());
            assertThat(page.watched().overflow())
                    .as("pixels to scroll sideways")
                    .isZero();
        }
    }

    @Test
    void each_pool_is_a_table_each_server_a_row_and_every_region_has_its_name() {
        try (OperationsPage page = open("admin", Visitor.AT_A_DESK)) {
            Locator row = page.row(POOL, "converter-2");
            for (String action : List.of("Ready", "Drain", "Maintenance")) {
                assertThat(page.button(row, action)).isEnabled();
            }
            assertThat(page.filter()).isVisible();
            assertThat(page.button(page.region("Scaler"), "Add converter")).isVisible();
            assertThat(page.button(page.region("Scaler"), "Remove converter")).isVisible();
            assertThat(page.page().getByRole(AriaRole.SWITCH)).hasText(Pattern.compile("Automatic"));
            assertThat(page.region("Feeds")).containsText("ecb");
            assertThat(page.region("Nodes")).containsText("rates-1");
            assertThat(page.region("Listeners")).containsText("front-door");
            assertThat(page.region("Certificates")).containsText("No TLS certificate is in use.");
            assertThat(page.events().first()).isVisible();
            for (String link : List.of("CSV", "JSON", "Metrics")) {
                String target = page.page()
                        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link))
                        .getAttribute("href");
                assertThat(CLUSTER.stats().get(target).statusCode()).as(target).isEqualTo(200);
            }
            assertThat(CLUSTER.api().get("/operations/index.html").statusCode())
                    .as("the front door has no part of it")
                    .isEqualTo(404);
        }
    }

    @Test
    void a_server_drained_under_load_costs_no_request() {
        try (SteadyLoad load =
                        SteadyLoad.start(CLUSTER.uri(), EcbDay.published().rate("USD"));
                OperationsPage page = open("admin", Visitor.AT_A_DESK)) {
            load.awaitMore(A_WHILE);
            Locator row = page.row(POOL, "converter-1");

            page.button(row, "Drain").click();

            assertThat(row).hasAttribute("data-state", "DRAINING");
            assertThat(row).containsText("drained");
            assertThat(page.button(row, "Drain")).hasAttribute("aria-pressed", "true");
            assertFlawless(page.watched());
            page.watched().screenshot("operations-drained");
            load.awaitMore(A_WHILE);
            page.button(row, "Ready").click();
            assertThat(row).hasAttribute("data-state", SERVING);
            assertThat(page.events().filter(containing("drain in pool " + POOL + ", by admin")))
                    .not()
                    .hasCount(0);

            assertThat(load.awaitMore(A_WHILE).stop().failures()).isEmpty();
        }
    }

    @Test
    void several_servers_are_changed_together_after_a_confirmation() {
        try (OperationsPage page = open("admin", Visitor.AT_A_DESK)) {
            assertThat(page.row(POOL, "converter-1")).isVisible();
            page.page().getByLabel("Select all servers of " + POOL).check();
            Locator bar = page.region("Selected servers");
            assertFlawless(page.watched());

            page.button(bar, "Maintenance").click();
            assertThat(page.dialog()).containsText("will have no available server");
            assertFlawless(page.watched());
            page.button(page.dialog(), "Cancel").click();
            assertThat(page.dialog()).isHidden();
            assertThat(page.row(POOL, "converter-1")).hasAttribute("data-state", SERVING);

            setWeight(page, bar, "7");
            assertThat(page.page().getByLabel("Weight of converter-1")).hasValue("7");
            assertThat(page.page().getByLabel("Weight of converter-2")).hasValue("7");
            setWeight(page, bar, "1");
            assertThat(page.page().getByLabel("Weight of converter-2")).hasValue("1");
        }
    }

    @Test
    void maintenance_asks_first_and_can_be_undone() {
        try (OperationsPage page = open("admin", Visitor.AT_A_DESK)) {
            Locator row = page.row(POOL, "converter-2");
            page.button(row, "Maintenance").click();
            page.button(page.dialog(), "Maintenance").click();
            assertThat(row).hasAttribute("data-state", "MAINTENANCE");

            page.button("Undo").click();

            assertThat(row).hasAttribute("data-state", SERVING);
        }
    }

    @Test
    void a_killed_converter_is_down_and_comes_back_by_itself() {
        try (OperationsPage page = open("admin", Visitor.AT_A_DESK)) {
            Locator row = page.row(POOL, "converter-2");
            assertThat(row).hasAttribute("data-state", SERVING);

            CLUSTER.jvm("converter-2").kill();
            // Its row is gone as soon as the cluster has noticed that it left.
            assertThat(row.and(page.page().locator(":not([data-state=DOWN])"))).hasCount(0);
            CLUSTER.again(CLUSTER.jvm("converter-2"));

            assertThat(row).hasAttribute("data-state", SERVING, started());
            assertThat(page.events().filter(containing("converter-2"))).not().hasCount(0);
            assertFlawless(page.watched());
        }
    }

    @Test
    void when_all_nodes_are_killed_and_restarted_it_recovers_untouched() {
        try (OperationsPage page = open("admin", Visitor.AT_A_DESK)) {
            assertThat(page.row(POOL, "converter-1")).hasAttribute("data-state", SERVING);
            List<Jvm> all = CLUSTER.jvms().stream().filter(Jvm::isAlive).toList();

            Jvm.killAll(all);
            assertThat(page.connection()).hasText("Reconnecting");
            assertThat(page.watched().barriers()).isEmpty();
            all.forEach(CLUSTER::again);

            assertThat(page.connection())
                    .hasText("Live", new LocatorAssertions.HasTextOptions().setTimeout(START_MILLIS));
            assertThat(page.row(POOL, "converter-1")).hasAttribute("data-state", SERVING, started());
            assertThat(page.row(POOL, "converter-2")).hasAttribute("data-state", SERVING, started());
            page.button(page.row(POOL, "converter-1"), "Drain").click();
            assertThat(page.row(POOL, "converter-1")).hasAttribute("data-state", "DRAINING");
            page.button(page.row(POOL, "converter-1"), "Ready").click();
            assertThat(page.row(POOL, "converter-1")).hasAttribute("data-state", SERVING);
        }
    }

    @Test
    void converters_are_added_and_removed() {
        try (OperationsPage page = open("admin", Visitor.AT_A_DESK)) {
            Locator scaler = page.region("Scaler");
            Locator automatic = scaler.getByRole(AriaRole.SWITCH);
            assertThat(page.rows(POOL)).hasCount(2);
            automatic.click();
            assertThat(automatic).hasAttribute("aria-checked", "true");

            page.button(scaler, "Add converter").click();
            assertThat(page.rows(POOL)).hasCount(3, new LocatorAssertions.HasCountOptions().setTimeout(START_MILLIS));
            assertThat(automatic).hasAttribute("aria-checked", "false");
            assertThat(scaler).containsText("Manual");

            page.button(scaler, "Remove converter").click();
            assertFlawless(page.watched());
            page.button(page.dialog(), "Remove converter").click();
            assertThat(page.rows(POOL)).hasCount(2, new LocatorAssertions.HasCountOptions().setTimeout(START_MILLIS));
        }
    }

    @Test
    void without_a_password_or_with_a_forged_origin_nothing_is_changed() {
        assertThat(CLUSTER.stats().getWithoutCredentials("/stats").statusCode()).isEqualTo(401);

        // A page of nowhere: its Origin is null, and the browser adds the password of the operator.
        try (BrowserContext operator = CHROMIUM.browser()
                .newContext(new NewContextOptions()
                        .setHttpCredentials("admin", CLUSTER.stats().password()))) {
            Page page = operator.newPage();
            page.navigate(CLUSTER.stats().uri() + "/stats.json");
            page.navigate("about:blank");
            page.setContent("<form method=post action='" + CLUSTER.stats().uri() + "/stats'>"
                    + "<input name=b value=converters><input name=s value=converter-1>"
                    + "<input name=action value=drain><button>win</button></form>");
            Response response = page.waitForResponse(
                    received -> received.request().method().equals("POST"),
                    () -> page.locator("button").click());

            assertThat(response.status()).isEqualTo(403);
            assertThat(CLUSTER.stats().converterServes("converter-1")).isTrue();
        }
    }

    @Test
    void a_viewer_sees_everything_and_no_action() {
        try (OperationsPage page = open("viewer", Visitor.AT_A_DESK)) {
            Locator row = page.row(POOL, "converter-1");
            assertThat(row).isVisible();
            assertThat(page.region("Scaler")).containsText("converters");

            assertThat(row.getByRole(AriaRole.BUTTON)).hasCount(0);
            assertThat(row.locator("input")).hasCount(0);
            assertThat(page.region("Scaler").getByRole(AriaRole.BUTTON)).hasCount(0);
            assertThat(page.page().getByRole(AriaRole.SWITCH)).hasCount(0);
            assertFlawless(page.watched());
        }
    }

    @Test
    void without_javascript_there_are_tables_that_load_again_and_a_form() {
        try (OperationsPage page = open("admin", Visitor.AT_A_DESK, false)) {
            Locator state = page.table(POOL)
                    .locator("tr")
                    .filter(containing("converter-1"))
                    .locator(".server-state");
            assertThat(state).hasText(Pattern.compile("Up|Slow start"));
            assertThat(page.page().locator("meta[http-equiv=refresh]")).hasCount(1);

            page.page().locator("a[href='/stats;norefresh']").click();
            assertThat(page.page().locator("meta[http-equiv=refresh]")).hasCount(0);
            page.page()
                    .getByLabel("converter-1", new Page.GetByLabelOptions().setExact(true))
                    .check();
            page.button("Drain").click();
            assertThat(page.page().locator(".plain strong").first()).hasText("The servers were changed.");
            assertThat(state).hasText("Draining");

            page.page().locator("a[href='/stats;norefresh']").click();
            page.page()
                    .getByLabel("converter-1", new Page.GetByLabelOptions().setExact(true))
                    .check();
            page.button("Ready").click();
            assertThat(state).hasText(Pattern.compile("Up|Slow start"));
        }
    }

    @Test
    void what_is_shown_without_javascript_is_accessible() {
        // Axe forbids every refresh; this is the page whose reader has turned it off.
        String stats = CLUSTER.stats().uri() + "/stats;norefresh";
        try (WatchedPage watched = new WatchedPage(
                CHROMIUM.browser()
                        .newContext(new NewContextOptions()
                                .setHttpCredentials("admin", CLUSTER.stats().password())),
                CLUSTER.stats().uri())) {
            watched.serveWithoutScripts(stats);
            watched.page().navigate(stats);
            assertThat(watched.page().locator(".plain table").first()).isVisible();
            assertFlawless(watched);
        }
    }

    @Test
    void rows_are_filtered_and_sorted() {
        try (OperationsPage page = open("admin", Visitor.AT_A_DESK)) {
            assertThat(page.rows(POOL)).hasCount(2);
            page.filter().fill("converter-2");
            assertThat(page.rows(POOL)).hasCount(1);
            page.filter().fill("nothing like it");
            assertThat(page.page().getByText("No server matches the filter.")).isVisible();
            assertFlawless(page.watched());
            page.filter().fill("");

            Locator heading = page.table(POOL)
                    .getByRole(
                            AriaRole.COLUMNHEADER,
                            new Locator.GetByRoleOptions().setName("Server").setExact(true));
            page.button(heading, "Server").click();
            assertThat(heading).hasAttribute("aria-sort", "ascending");
            assertThat(page.rows(POOL).first()).containsText("converter-1");
            page.button(heading, "Server").click();
            assertThat(heading).hasAttribute("aria-sort", "descending");
            assertThat(page.rows(POOL).first()).containsText("converter-2");
        }
    }

    @Test
    void paused_it_stands_still_until_it_is_resumed() {
        try (OperationsPage page = open("admin", Visitor.AT_A_DESK)) {
            assertThat(page.connection()).hasText("Live");
            page.button("Pause").click();
            assertThat(page.connection()).hasText("Paused");
            assertFlawless(page.watched());
            String before = page.page().locator("#identity").textContent();

            page.button("Resume").click();

            assertThat(page.connection()).hasText("Live");
            assertThat(page.page().locator("#identity")).not().hasText(before);
        }
    }

    /** The figures are for a quiet machine: a build may run beside this test, so a few tasks may be slow. */
    @Test
    void a_thousand_servers_are_updated_each_second_without_long_tasks(@TempDir Path folder) throws Exception {
        PortBlock ports = PortBlock.find();
        URI stats = URI.create("http://127.0.0.1:" + ports.next());
        Path settings = Files.writeString(folder.resolve("many.yaml"), manyServers(folder, ports.next(), stats));
        try (Jvm balancer = Jvm.start("many", ServiceJar.BALANCER, folder, List.of("--config", settings.toString()))) {
            StatsPort port = new StatsPort(stats, folder.resolve("password"));
            await(balancer.toString())
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> port.get("/stats.json").statusCode() == 200);
            try (OperationsPage page =
                    OperationsPage.open(CHROMIUM.browser(), stats, "admin", port.password(), Visitor.AT_A_DESK, true)) {
                assertThat(page.page().locator("table.servers tbody tr")).hasCount(MANY_POOLS * MANY_SERVERS);
                assertThat(page.watched().overflow()).isZero();
                page.watched().screenshot("operations-1000-servers");
                page.watched().longTasks();
                int updates = 10;
                String uptime = page.page().locator("#identity").textContent();
                for (int i = 0; i < updates; i++) {
                    assertThat(page.page().locator("#identity")).not().hasText(uptime);
                    uptime = page.page().locator("#identity").textContent();
                }

                List<?> longTasks = page.watched().longTasks();
                Measured.note("tasks above 50 ms in " + updates + " updates of 1,000 servers", longTasks.toString());
                assertThat(longTasks).hasSizeLessThan(updates);
                page.button("Pause").click();
                // Further rows are as the first two of each table; the check of all takes minutes.
                assertThat(page.watched().barriersOutside("table.servers tbody tr:nth-child(n+3)"))
                        .isEmpty();
                assertThat(page.watched().complaints()).isEmpty();
            }
        }
    }

    private static String manyServers(Path folder, int http, URI stats) {
        String pools = IntStream.rangeClosed(1, MANY_POOLS)
                .mapToObj(pool -> "    pool-" + pool + ": {check: {type: none}, servers: ["
                        + IntStream.rangeClosed(1, MANY_SERVERS)
                                .mapToObj(server -> "\"127.1." + pool + "." + server + ":9\"")
                                .collect(Collectors.joining(", "))
                        + "]}\n")
                .collect(Collectors.joining());
        return """
                cluster: {enabled: false}
                balancer:
                  http: {bind: 127.0.0.1, port: %d}
                  stats: {port: %d, password-file: %s}
                  routes: [{path: /, pool: pool-1}]
                  pools:
                """.formatted(http, stats.getPort(), folder.resolve("password")) + pools;
    }

    private static void setWeight(OperationsPage page, Locator bar, String weight) {
        page.button(bar, "Weight").click();
        page.dialog().getByLabel("Weight, 1 to 256").fill(weight);
        page.button(page.dialog(), "Set weight").click();
    }

    private static void assertFlawless(WatchedPage page) {
        assertThat(page.barriers()).isEmpty();
        assertThat(page.complaints()).isEmpty();
        assertThat(page.policyViolations()).isEmpty();
        assertThat(page.foreignRequests()).isEmpty();
    }

    private static Locator.FilterOptions containing(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private static LocatorAssertions.HasAttributeOptions started() {
        return new LocatorAssertions.HasAttributeOptions().setTimeout(START_MILLIS);
    }

    private static Stream<Arguments> visitors() {
        return Stream.of(
                Arguments.of("1280-light", Visitor.AT_A_DESK),
                Arguments.of("1280-dark", Visitor.AT_A_DESK_IN_THE_DARK),
                Arguments.of("768-light", new Visitor(768, 1000, ColorScheme.LIGHT, "en-GB")),
                Arguments.of("360-light", Visitor.ON_A_PHONE));
    }

    private static OperationsPage open(String user, Visitor visitor) {
        return open(user, visitor, true);
    }

    private static OperationsPage open(String user, Visitor visitor, boolean script) {
        String password = user.equals("admin") ? CLUSTER.stats().password() : VIEWER_PASSWORD;
        return OperationsPage.open(CHROMIUM.browser(), CLUSTER.stats().uri(), user, password, visitor, script);
    }
}
