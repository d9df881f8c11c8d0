package io.ratemesh.balancer.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.assets.Asset;
import io.ratemesh.assets.AssetCatalog;
import io.ratemesh.balancer.admin.Account.Role;
import io.ratemesh.balancer.assets.AssetHandler;
import io.ratemesh.balancer.assets.OtherBuilds;
import io.ratemesh.balancer.cache.CacheControl;
import io.ratemesh.balancer.cache.CacheKey;
import io.ratemesh.balancer.cache.Fill;
import io.ratemesh.balancer.cache.RouteCaches;
import io.ratemesh.balancer.stats.EventLog;
import io.ratemesh.balancer.stats.FeedReportLog;
import io.ratemesh.balancer.stats.TrafficHistory;
import io.ratemesh.balancer.stats.csv.CsvRow;
import io.ratemesh.balancer.stats.json.StatsJson;
import io.ratemesh.balancer.stats.json.StatsSources;
import io.ratemesh.balancer.upstream.AdminState;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamState;
import io.ratemesh.node.ops.OpsEvents;
import io.ratemesh.node.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stats port over real connections. */
@Timeout(30)
class StatsServerTest {

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int MAX_STREAMS = 2;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final StatsFixture fixture = new StatsFixture();
    private final OpsEvents ops = new OpsEvents(vertx, "balancer-1");
    private final EventLog events = new EventLog(vertx);
    private final StatsJson json = new StatsJson(new StatsSources(
            StatsFixture::self,
            List::of,
            JsonObject::new,
            JsonArray::new,
            Duration.ofHours(26),
            fixture.rates,
            new TrafficHistory(),
            new FeedReportLog(vertx, InstantSource.system()),
            events));
    private final StatsStream stream = new StatsStream(
            vertx,
            () -> json.complete(fixture.stats.snapshot()),
            () -> json.current(fixture.stats.snapshot()),
            events,
            MAX_STREAMS);
    private final CsrfTokens tokens = new CsrfTokens(InstantSource.system());
    private final AssetCatalog catalog = AssetCatalog.load();
    private final OperationsPage page =
            new OperationsPage(catalog, () -> json.complete(fixture.stats.snapshot()), tokens);
    private final RouteCaches caches = new RouteCaches();
    private final RecordingScaleControl scaler = new RecordingScaleControl();
    private Future<Void> reloaded = Future.succeededFuture();
    private Upstream server = fixture.up("converter-1");
    private int port;

    @BeforeEach
    void listen() throws Exception {
        List<Account> accounts = List.of(
                new Account("admin", "secret"::equals, Role.ADMIN), new Account("guest", "look"::equals, Role.VIEWER));
        Router router = StatsRouter.routes(
                Router.router(vertx),
                new Login(accounts, System::nanoTime),
                new StatsRoutes(
                        fixture.stats,
                        json,
                        fixture.rates,
                        stream,
                        page,
                        new AssetHandler(catalog.only(Asset::immutable), OtherBuilds.NONE)),
                new AdminApi(fixture.stats, caches, tokens, ops, Optional.of(scaler), () -> reloaded));
        port = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .map(HttpServer::actualPort)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stats;csv", "/stats/;csv;norefresh", "/stats/;csv", "/haproxy?stats;csv", "/;csv"})
    void haproxys_paths_serve_its_csv(String path) throws Exception {
        HttpResponse<String> response = send(get(path));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(it -> assertThat(it).startsWith("text/plain"));
        assertThat(response.body()).startsWith(CsvRow.HEADER + "\nfront-door,FRONTEND,");
    }

    @Test
    void all_statistics_are_served_as_json_and_head_has_no_body() throws Exception {
        HttpResponse<String> response = send(get("/stats.json"));
        JsonObject all = new JsonObject(response.body());

        assertThat(all.fieldNames())
                .contains("node", "at", "eventLoops", "httpTotals", "listeners", "pools", "nodes", "events")
                .contains("warnings", "traffic", "trafficHistory", "certificates", "feeds", "ratesLeader");
        JsonObject pool = all.getJsonArray("pools").getJsonObject(0);
        assertThat(pool.fieldNames()).contains("queue", "retryBudget", "firstByteMillis", "panic");
        assertThat(pool.getJsonArray("servers").getJsonObject(0).fieldNames())
                .contains(
                        "state", "weight", "inFlight", "ejections", "slowStartPercent", "firstByteMillis", "lastCheck");

        JsonObject port = all.getJsonArray("listeners").getJsonObject(1);
        assertThat(port.getString("mode")).isEqualTo("tcp");
        assertThat(port.fieldNames())
                .contains("connectionsOpen", "connectionsLimit", "connectionsRefused", "noServerAvailable", "bytesIn");
        JsonObject db = all.getJsonArray("pools").getJsonObject(2);
        assertThat(db.getString("mode")).isEqualTo("tcp");
        assertThat(db.fieldNames()).contains("connectMillis").doesNotContain("firstByteMillis", "responses");

        HttpResponse<String> head = send(request("/stats.json").method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValueAsLong("Content-Length").orElse(0)).isGreaterThan(500);
    }

    @Test
    void the_page_has_the_tables_for_browsers_without_javascript_and_its_files_are_cached() throws Exception {
        HttpResponse<String> response = send(get("/stats"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(response.headers().firstValue("Referrer-Policy"))
                .as("a browser sends the Origin of its form")
                .hasValue("same-origin");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.body())
                .contains("http-equiv=\"refresh\"", "<caption>servers</caption>", "<th scope=\"row\">converter-1</th>")
                .contains("name=\"csrf\" value=\"" + tokens.of("admin") + "\"", "value=\"drain\"")
                .doesNotContain("{{");
        assertThat(send(get("/stats;norefresh")).body()).doesNotContain("http-equiv=\"refresh\"");
        assertThat(send(request("/stats").method("HEAD", BodyPublishers.noBody()))
                        .body())
                .isEmpty();
        assertThat(send(get("/")).headers().firstValue("Location")).hasValue("/stats");

        String script = catalog.all().stream()
                .map(Asset::path)
                .filter(path -> path.startsWith("/operations/") && path.endsWith(".js"))
                .findFirst()
                .orElseThrow();
        HttpResponse<String> asset = send(get(script));
        assertThat(asset.statusCode()).isEqualTo(200);
        assertThat(asset.headers().firstValue("Cache-Control")).hasValue(Asset.IMMUTABLE);
        assertThat(send(get("/index.html")).statusCode())
                .as("the converter page")
                .isEqualTo(404);
    }

    @Test
    void a_viewer_sees_the_tables_without_a_form() throws Exception {
        String page = send(as("guest", "look", "/stats")).body();

        assertThat(page)
                .contains("<caption>servers</caption>", "data-role=\"viewer\"")
                .doesNotContain("<form", "name=\"csrf\"", "value=\"drain\"");
    }

    @Test
    void a_password_is_required_and_guessing_is_slowed_down() throws Exception {
        HttpResponse<String> anonymous = send(HttpRequest.newBuilder(uri("/stats.json")));
        assertThat(anonymous.statusCode()).isEqualTo(401);
        assertThat(anonymous.headers().firstValue("WWW-Authenticate"))
                .hasValue("Basic realm=\"Ratemesh\", charset=\"UTF-8\"");

        for (int i = 0; i < 10; i++) {
            assertThat(send(as("admin", "guess" + i, "/stats.json")).statusCode())
                    .isEqualTo(401);
        }
        HttpResponse<String> guessing = send(as("admin", "secret", "/stats.json"));
        assertThat(guessing.statusCode()).isEqualTo(429);
        assertThat(guessing.headers().firstValueAsLong("Retry-After")).isPresent();
    }

    @Test
    void haproxys_form_drains_and_enables_a_server() throws Exception {
        HttpResponse<String> drained = send(form("b=servers&s=converter-1&action=drain"));

        assertThat(drained.statusCode()).isEqualTo(303);
        assertThat(drained.headers().firstValue("Location")).hasValue("/stats;st=DONE");
        assertThat(server.state()).isEqualTo(UpstreamState.DRAINING);
        await().untilAsserted(
                        () -> assertThat(events.toJson().encode()).contains("server-drained", "drain in pool servers"));
        assertThat(send(get("/stats;st=DONE")).body()).contains("The servers were changed.");

        send(form("action=ready&s=converter-1&b=servers"));
        assertThat(server.state().isServing()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "b=servers&s=converter-1&s=unknown&action=maint, PART",
        "b=servers&s=converter-1&s=converter-1&action=maint, DONE",
        "b=servers&s=unknown&action=maint, ERRP",
        "b=nowhere&s=converter-1&action=maint, ERRP",
        "b=servers&s=converter-1&action=explode, ERRP",
        "b=servers&action=maint, NONE",
        "x=y, UNKN",
    })
    void haproxys_form_redirects_with_the_outcome(String body, String outcome) throws Exception {
        HttpResponse<String> response = send(form(body));

        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location")).hasValue("/stats;st=" + outcome);
    }

    @Test
    void a_browser_needs_the_token_of_its_user_and_our_origin() throws Exception {
        String drain = "b=servers&s=converter-1&action=drain";
        String token = new JsonObject(send(get("/stats/token")).body()).getString("token");

        assertThat(send(browser(drain, "http://127.0.0.1:" + port)).statusCode())
                .isEqualTo(403);
        assertThat(send(browser(drain + "&csrf=" + tokens.of("guest"), "http://127.0.0.1:" + port))
                        .statusCode())
                .isEqualTo(403);
        assertThat(send(browser(drain + "&csrf=" + token, "http://evil.example"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(send(browser(drain + "&csrf=" + token, "null")).statusCode()).isEqualTo(403);
        assertThat(server.state()).isEqualTo(UpstreamState.UP);

        assertThat(send(browser(drain + "&csrf=" + token, "http://127.0.0.1:" + port))
                        .statusCode())
                .isEqualTo(303);
        assertThat(server.state()).isEqualTo(UpstreamState.DRAINING);
    }

    @Test
    void json_changes_state_and_weight() throws Exception {
        HttpResponse<String> response =
                send(post("/admin/pools/servers/servers/converter-1", "{\"state\":\"maint\",\"weight\":7}"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(response.body()).getString("state")).isEqualTo("MAINTENANCE");
        assertThat(fixture.converters.snapshot().servers().get(0).adminState()).isEqualTo(AdminState.MAINTENANCE);
        assertThat(fixture.converters.snapshot().servers().get(0).weight()).isEqualTo(7);
        assertThat(send(post("/admin/pools/web/servers/%5B::1%5D:9202", "{\"weight\":2}"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void json_from_a_browser_needs_the_token_too() throws Exception {
        String path = "/admin/pools/servers/servers/converter-1";
        String own = "http://127.0.0.1:" + port;
        assertThat(send(post(path, "{\"weight\":7}").header("Origin", own)).statusCode())
                .isEqualTo(403);
        assertThat(send(post(path, "{\"weight\":7}").header("Origin", "http://evil.example"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(send(post(path, "{\"weight\":7}").header("Origin", own).header("X-CSRF-Token", tokens.of("admin")))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void an_invalid_request_is_a_problem_and_changes_nothing() throws Exception {
        String path = "/admin/pools/servers/servers/converter-1";
        assertProblem(post(path, "{\"weight\":7,\"state\":\"dran\"}"), 400, "bad-request");
        assertProblem(post(path, "{\"weight\":7,\"x\":1}"), 400, "bad-request");
        assertProblem(post(path, ""), 400, "bad-request");
        assertProblem(post(path, "{\"state\":\"" + "x".repeat(20_000) + "\"}"), 413, "content-too-large");
        assertProblem(
                request(path).header("Content-Type", "text/plain").POST(BodyPublishers.ofString("{\"weight\":7}")),
                415,
                "unsupported-media-type");
        assertProblem(post("/admin/pools/servers/servers/unknown", "{\"weight\":7}"), 404, "not-found");
        assertProblem(post("/admin/pools/nowhere/servers/converter-1", "{\"weight\":7}"), 404, "not-found");
        assertProblem(post("/admin/nothing", "{}"), 404, "not-found");
        assertProblem(get(path), 405, "method-not-allowed");
        assertThat(fixture.converters.snapshot().servers().get(0).weight()).isEqualTo(1);
        assertThat(server.state()).isEqualTo(UpstreamState.UP);
    }

    @Test
    void a_viewer_reads_and_changes_nothing() throws Exception {
        assertThat(send(as("guest", "look", "/stats.json")).statusCode()).isEqualTo(200);
        assertThat(send(as("guest", "secret", "/stats.json")).statusCode())
                .as("another's password")
                .isEqualTo(401);
        assertProblem(
                as("guest", "look", "/admin/reload")
                        .header("Content-Type", JSON)
                        .POST(BodyPublishers.ofString("{}")),
                403,
                "forbidden");
        HttpResponse<String> form = send(as("guest", "look", "/stats")
                .header("Content-Type", FORM)
                .POST(BodyPublishers.ofString("b=servers&s=converter-1&action=drain")));
        assertThat(form.statusCode()).isEqualTo(403);
        assertThat(server.state()).isEqualTo(UpstreamState.UP);
    }

    @Test
    void reload_reports_whether_the_settings_are_in_use() throws Exception {
        assertThat(send(post("/admin/reload", "{}")).statusCode()).isEqualTo(200);
        reloaded = Future.failedFuture("balancer.pools: 7; must be …");
        HttpResponse<String> rejected = send(post("/admin/reload", ""));
        assertThat(rejected.statusCode()).isEqualTo(422);
        assertThat(rejected.body()).contains("balancer.pools");
    }

    @Test
    void stored_responses_are_purged_by_url_by_route_or_all() throws Exception {
        Settings settings = Settings.load(
                Optional.empty(),
                List.of(
                        "balancer.pools.web.servers=[\"a:1\"]",
                        "balancer.routes=[{path: /items/, pool: web, cache: {max-size: 1MiB}}, {path: /, pool: web}]"),
                Map.of());
        caches.use(settings.balancer().routes());
        for (String target : List.of("/items/1?a=b", "/items/2", "/items/3")) {
            Fill fill = caches.find("/items/")
                    .orElseThrow()
                    .fill(
                            new CacheKey("shop.example.com:8080", target, "http"),
                            MultiMap.caseInsensitiveMultiMap(),
                            new Fill.Terms(CacheControl.of(List.of()), false));
            fill.responseStarted(200, null, MultiMap.caseInsensitiveMultiMap().add("Cache-Control", "max-age=9"), 0);
            fill.completed(false);
        }

        String path = "/admin/cache/purge";
        assertThat(send(post(path, "{\"url\":\"http://Shop.example.com:8080/items/1?a=b\"}"))
                        .body())
                .isEqualTo("{\"purged\":1}");
        assertThat(send(post(path, "{\"url\":\"http://shop.example.com:8080/items/1\"}"))
                        .body())
                .isEqualTo("{\"purged\":0}");
        assertThat(send(post(path, "{\"route\":\"/items/\"}")).body()).isEqualTo("{\"purged\":2}");
        assertThat(send(post(path, "{\"all\":true}")).body()).isEqualTo("{\"purged\":0}");
        assertProblem(post(path, "{\"route\":\"/\"}"), 404, "not-found");
        for (String wrong : List.of(
                "{}",
                "{\"all\":false}",
                "{\"url\":5}",
                "{\"url\":\"/items/1\"}",
                "{\"url\":\"ftp://a/b\"}",
                "{\"url\":\"http://a/ b\"}",
                "{\"all\":true,\"route\":\"/\"}")) {
            assertProblem(post(path, wrong), 400, "bad-request");
        }
    }

    @Test
    void a_valid_scale_command_without_a_scaler_is_409() throws Exception {
        scaler.unavailable = Optional.of("balancer.scaler.enabled is false");
        assertProblem(post("/admin/scale", "{\"converters\":3}"), 409, "no-scaler");
        assertProblem(post("/admin/scale", "{\"auto\":true}"), 409, "no-scaler");
        assertProblem(post("/admin/scale", "{\"auto\":\"yes\"}"), 400, "bad-request");
        assertProblem(post("/admin/scale", "{\"converters\":-1}"), 400, "bad-request");
        assertProblem(post("/admin/scale", "{\"converters\":1,\"auto\":true}"), 400, "bad-request");
    }

    @Test
    void a_scale_command_reaches_the_scaler_with_who_sent_it() throws Exception {
        scaler.unavailable = Optional.empty();

        HttpResponse<String> response = send(post("/admin/scale", "{\"converters\":3}"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(response.body())).isEqualTo(new JsonObject().put("converters", 3));
        send(post("/admin/scale", "{\"auto\":true}"));

        assertThat(scaler.orders).containsExactly("3 by admin at 127.0.0.1", "auto true by admin at 127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"converters\":1}",
                "{\"converters\":9}",
                "{\"converters\":-1}",
                "{\"converters\":2.5}",
                "{\"converters\":\"3\"}",
                "{\"converters\":99999999999}",
                "{\"converters\":3,\"auto\":false}",
                "{\"converters\":3,\"converters\":4}",
                "{\"auto\":1}",
                "{\"count\":3}",
                "{}",
                "3"
            })
    void an_invalid_scale_command_is_400_and_orders_nothing(String body) throws Exception {
        scaler.unavailable = Optional.empty();

        assertProblem(post("/admin/scale", body), 400, "bad-request");
        assertThat(scaler.orders).isEmpty();
    }

    @Test
    void the_stream_begins_with_everything_then_sends_statistics_each_second_and_events_at_once() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            BufferedReader lines = openStream(socket);
            assertThat(next(lines, "event:")).isEqualTo("event: stats");
            assertThat(new JsonObject(next(lines, "data:").substring(6)).containsKey("events"))
                    .isTrue();

            ops.publish("server-up", "converter-9", "takes requests");
            assertThat(next(lines, "event: ops")).isNotEmpty();
            assertThat(next(lines, "data:")).contains("converter-9");

            next(lines, "event: stats");
            assertThat(new JsonObject(next(lines, "data:").substring(6)).containsKey("events"))
                    .isFalse();
        }
        await().until(() -> stream.clients() == 0);
    }

    @Test
    void the_number_of_streams_is_bounded() throws Exception {
        try (Socket one = new Socket("127.0.0.1", port);
                Socket two = new Socket("127.0.0.1", port)) {
            next(openStream(one), "event:");
            next(openStream(two), "event:");

            assertProblem(get("/stats/events"), 503, "too-many-streams");
        }
        await().until(() -> stream.clients() == 0);
    }

    private BufferedReader openStream(Socket socket) throws IOException {
        String request =
                "GET /stats/events HTTP/1.1\r\nHost: x\r\nAuthorization: " + basic("admin", "secret") + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(UTF_8));
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }

    private static String next(BufferedReader lines, String beginning) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(beginning)) {
                return line;
            }
        }
        throw new AssertionError("ended before " + beginning);
    }

    private void assertProblem(HttpRequest.Builder request, int status, String code) throws Exception {
        HttpResponse<String> response = send(request);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(new JsonObject(response.body()).getString("code")).isEqualTo(code);
    }

    private HttpRequest.Builder get(String path) {
        return request(path).GET();
    }

    private HttpRequest.Builder post(String path, String body) {
        return request(path).header("Content-Type", JSON).POST(BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder form(String body) {
        return request("/stats").header("Content-Type", FORM).POST(BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder browser(String body, String origin) {
        return form(body).header("Origin", origin).setHeader("User-Agent", "Mozilla/5.0");
    }

    private HttpRequest.Builder request(String path) {
        return as("admin", "secret", path);
    }

    private HttpRequest.Builder as(String user, String password, String path) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", basic(user, password));
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
