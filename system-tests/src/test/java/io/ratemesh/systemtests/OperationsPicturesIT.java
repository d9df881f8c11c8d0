package io.ratemesh.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.ratemesh.systemtests.browser.Chromium;
import io.ratemesh.systemtests.browser.ConverterPage.Visitor;
import io.ratemesh.systemtests.browser.KeptPictures;
import io.ratemesh.systemtests.browser.MovingPicture;
import io.ratemesh.systemtests.cluster.StatsPort;
import io.ratemesh.systemtests.process.Jvm;
import io.ratemesh.systemtests.process.PortBlock;
import io.ratemesh.systemtests.process.ServiceJar;
import io.ratemesh.systemtests.process.Workspace;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the operations page looks like: with fixed statistics, a stopped clock and one font, compared with kept pictures. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OperationsPicturesIT {

    /** Of {@code operations-stats.json}. */
    private static final Instant NOW = Instant.parse("2026-07-06T14:00:10Z");

    private static final int SAMPLES = 300;
    private static final Visitor DESK = new Visitor(1280, 640, ColorScheme.LIGHT, "en-GB");
    private static final Visitor TALL_DESK = new Visitor(1280, 1180, ColorScheme.LIGHT, "en-GB");
    private static final Visitor DARK_DESK = new Visitor(1280, 640, ColorScheme.DARK, "en-GB");

    /** A stream that says what the test wants. */
    private static final String STREAM = """
            window.EventSource = class extends EventTarget {
              constructor() {
                super();
                window.say = (stats) => this.dispatchEvent(new MessageEvent("stats", { data: stats }));
              }
              close() {}
            };
            """;

    private static final Chromium CHROMIUM = new Chromium();
    private static URI stats;
    private static String password;
    private static Jvm balancer;

    @BeforeAll
    static void start(@TempDir Path folder) {
        CHROMIUM.browser();
        PortBlock ports = PortBlock.find();
        stats = URI.create("http://127.0.0.1:" + ports.next());
        Path passwordFile = folder.resolve("password");
        balancer = Jvm.start(
                "pictures",
                ServiceJar.BALANCER,
                folder,
                List.of(
                        "--set", "cluster.enabled=false",
                        "--set", "balancer.http.bind=127.0.0.1",
                        "--set", "balancer.http.port=" + ports.next(),
                        "--set", "balancer.stats.port=" + stats.getPort(),
                        "--set", "balancer.stats.password-file=" + passwordFile));
        StatsPort port = new StatsPort(stats, passwordFile);
        await(balancer.toString())
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> port.get("/stats.json").statusCode() == 200);
        password = port.password();
    }

    @AfterAll
    static void end() {
        balancer.close();
        CHROMIUM.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("states")
    void each_state_looks_as_it_did(Path file, Visitor visitor, String part, UnaryOperator<JsonObject> state) {
        try (BrowserContext context = context(visitor)) {
            Page page = open(context);
            say(page, state.apply(statistics()));

            KeptPictures.compare(
                    file,
                    part.isEmpty() ? page.screenshot() : page.locator(part).screenshot());
        }
    }

    @Test
    @EnabledIfSystemProperty(
            named = KeptPictures.PROPERTY,
            matches = KeptPictures.KEEP,
            disabledReason = "makes a picture for the documentation")
    void a_drain_is_made_into_a_moving_picture(@TempDir Path frames) throws Exception {
        MovingPicture picture = new MovingPicture(frames);
        try (BrowserContext context = context(DESK)) {
            Page page = open(context);
            List<Integer> left = List.of(22, 22, 19, 15, 12, 9, 7, 5, 4, 3, 2, 1, 1, 0, 0, 0, 0);
            for (int i = 0; i < left.size(); i++) {
                say(page, draining(left.get(i), i));
                picture.add(page.screenshot());
            }
        }
        picture.write(image("operations-drain.webp"), 350);
    }

    private static Stream<Arguments> states() {
        return Stream.of(
                state(image("operations.png"), TALL_DESK, "", UnaryOperator.identity()),
                state(kept("dark"), DARK_DESK, "", UnaryOperator.identity()),
                state(kept("phone"), Visitor.ON_A_PHONE, "#pools", OperationsPicturesIT::onePool),
                state(kept("phone-nodes"), Visitor.ON_A_PHONE, "#nodes", OperationsPicturesIT::onePool),
                state(kept("idle"), DESK, "", OperationsPicturesIT::idle),
                state(kept("critical"), DESK, "", OperationsPicturesIT::critical));
    }

    /**
     * A state of the page.
     *
     * @param part selector of what is in the picture; empty for what the window shows
     */
    private static Arguments state(Path file, Visitor visitor, String part, UnaryOperator<JsonObject> state) {
        return Arguments.of(Named.of(String.valueOf(file.getFileName()), file), visitor, part, state);
    }

    private static Path kept(String state) {
        return Workspace.module("system-tests")
                .resolve("src/test/resources/pictures")
                .resolve("operations-" + state + ".png");
    }

    private static Path image(String name) {
        return Workspace.module("docs").resolve("images").resolve(name);
    }

    private static BrowserContext context(Visitor visitor) {
        BrowserContext context = CHROMIUM.browser()
                .newContext(new NewContextOptions()
                        .setHttpCredentials("admin", password)
                        .setBypassCSP(true)
                        .setTimezoneId("UTC")
                        .setLocale(visitor.locale())
                        .setViewportSize(visitor.width(), visitor.height())
                        .setColorScheme(visitor.colorScheme()));
        context.addInitScript(STREAM);
        return context;
    }

    /** With the font that Chromium brings along on Debian, so that letters are as wide everywhere. */
    private static Page open(BrowserContext context) {
        Page page = context.newPage();
        page.clock()
                .install(new Clock.InstallOptions().setTime(NOW.minusSeconds(60).toString()));
        page.clock().pauseAt(NOW.toString());
        page.navigate(stats + "/stats");
        page.addStyleTag(new Page.AddStyleTagOptions().setContent("body { font-family: 'DejaVu Sans' !important }"));
        return page;
    }

    private static void say(Page page, JsonObject statistics) {
        page.evaluate("stats => window.say(stats)", statistics.encode());
        page.clock().runFor(500);
        page.locator("#plot-latency canvas").waitFor();
    }

    private static JsonObject statistics() {
        try (InputStream in = OperationsPicturesIT.class.getResourceAsStream("/operations-stats.json")) {
            JsonObject all =
                    new JsonObject(new String(Objects.requireNonNull(in).readAllBytes(), UTF_8));
            return all.put("trafficHistory", history(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Five minutes that end so many seconds after the statistics. */
    private static JsonObject history(int later) {
        JsonArray at = new JsonArray();
        JsonArray requests = new JsonArray();
        JsonArray errors = new JsonArray();
        JsonArray inFlight = new JsonArray();
        JsonArray p50 = new JsonArray();
        JsonArray p99 = new JsonArray();
        for (int i = later; i < SAMPLES + later; i++) {
            int wave = Math.floorMod(i * 7, 60);
            at.add(NOW.minusSeconds(SAMPLES - 1 - i).toString());
            requests.add(1000 + 4 * Math.abs(i - 150) / 3 + wave);
            errors.add(i > 110 && i < 125 ? 14 : 0);
            inFlight.add(50 + wave / 4);
            p50.add(1.05 + wave / 400.0);
            p99.add(7.5 + (i > 110 && i < 130 ? 11 : 0) + wave / 20.0);
        }
        return new JsonObject()
                .put("at", at)
                .put("requestsPerSecond", requests)
                .put("serverErrorsPerSecond", errors)
                .put("inFlight", inFlight)
                .put("p50", p50)
                .put("p99", p99);
    }

    private static JsonObject draining(int left, int second) {
        JsonObject all = statistics().put("trafficHistory", history(second)).put("warnings", new JsonArray());
        all.put("at", NOW.plusSeconds(second).toString());
        JsonObject leaving =
                converters(all).getJsonArray("servers").getJsonObject(0).put("inFlight", left);
        if (second == 0) {
            leaving.put("state", "UP").put("adminState", "ready").put("requestsPerSecond", 402);
        }
        return all;
    }

    /** One pool with two servers, and two nodes: a phone shows little at once. */
    private static JsonObject onePool(JsonObject all) {
        all.getJsonArray("pools").remove(1);
        for (JsonArray rows : List.of(converters(all).getJsonArray("servers"), all.getJsonArray("nodes"))) {
            while (rows.size() > 2) {
                rows.remove(2);
            }
        }
        return all;
    }

    /** A balancer that has just started and has no request. */
    private static JsonObject idle(JsonObject all) {
        JsonObject history = new JsonObject();
        for (String field : List.of("requestsPerSecond", "serverErrorsPerSecond", "inFlight", "p50", "p99")) {
            history.put(field, JsonArray.of(0));
        }
        history.put("at", JsonArray.of(NOW.toString()));
        JsonObject traffic = new JsonObject().put("at", NOW.toString());
        history.fieldNames().stream().filter(field -> !field.equals("at")).forEach(field -> traffic.put(field, 0));
        return all.put("trafficHistory", history)
                .put("traffic", traffic)
                .put("pools", new JsonArray())
                .put("warnings", new JsonArray())
                .put("events", new JsonArray());
    }

    private static JsonObject critical(JsonObject all) {
        JsonObject pool = converters(all).put("available", false);
        pool.getJsonArray("servers").stream()
                .map(JsonObject.class::cast)
                .forEach(server -> server.put("state", "DOWN").put("inFlight", 0));
        all.getJsonArray("warnings")
                .add(
                        0,
                        new JsonObject()
                                .put("severity", "critical")
                                .put("code", "pool-unavailable")
                                .put("subject", "converters")
                                .put("detail", "Pool converters has no available server."));
        return all;
    }

    private static JsonObject converters(JsonObject all) {
        return all.getJsonArray("pools").getJsonObject(0);
    }
}
