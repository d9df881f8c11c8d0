package io.ratemesh.balancer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.assets.AssetCatalog;
import io.ratemesh.balancer.assets.AssetHandler;
import io.ratemesh.balancer.assets.OtherBuilds;
import io.ratemesh.balancer.listener.ListenFixture;
import io.ratemesh.balancer.listener.ListenerContext;
import io.ratemesh.balancer.listener.ListenerCounts;
import io.ratemesh.balancer.listener.ListenerProtocol;
import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.loadbalance.PoolOnLoop;
import io.ratemesh.balancer.proxy.Proxy;
import io.ratemesh.balancer.proxy.ProxySettings;
import io.ratemesh.balancer.routing.RequestRouter;
import io.ratemesh.balancer.routing.RouteAction;
import io.ratemesh.balancer.routing.RoutingTable;
import io.ratemesh.node.ops.OpsEvents;
import io.ratemesh.node.settings.RouteSettings;
import io.ratemesh.node.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpVersion;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OPTIONS for the server as a whole (RFC 9110 §9.3.7, RFC 9112 §3.2.4), with and without the page. */
@Timeout(30)
class OptionsTest {

    private final Vertx vertx = Vertx.vertx();
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @ParameterizedTest
    @CsvSource({"*,false", "http://h,false", "*,true", "http://h,true"})
    void options_star_reaches_the_pool_of_the_default_route(String target, boolean page) throws Exception {
        ListenerContext ports = open(page, "/", "/api/");

        assertThat(exchange(ports, "OPTIONS", target, "")).startsWith("HTTP/1.1 200 ");
        assertThat(seen).containsExactly("OPTIONS *");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void options_star_reaches_it_over_HTTP_2_too(boolean page) throws Exception {
        ListenerContext ports = open(page, "/", "/api/");

        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        HttpClientResponse response =
                await(client.request(HttpMethod.OPTIONS, ports.port(ListenerProtocol.H2C), "127.0.0.1", "*")
                        .compose(HttpClientRequest::send));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(seen).containsExactly("OPTIONS *");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void without_a_default_route_the_balancer_responds_to_options_star(boolean page) throws Exception {
        ListenerContext ports = open(page, "/api/");

        assertThat(exchange(ports, "OPTIONS", "*", ""))
                .startsWith("HTTP/1.1 204 ")
                .containsIgnoringCase("\r\nAllow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n");
        assertThat(seen).isEmpty();
    }

    /** RFC 9110 §7.6.2. */
    @Test
    void max_forwards_zero_gets_a_response_here_and_others_are_decremented() throws Exception {
        ListenerContext ports = open(false, "/");

        assertThat(exchange(ports, "OPTIONS", "/x", "Max-Forwards: 0\r\n")).startsWith("HTTP/1.1 204 ");
        assertThat(exchange(ports, "OPTIONS", "*", "Max-Forwards: 0\r\n")).startsWith("HTTP/1.1 204 ");
        assertThat(seen).isEmpty();
        assertThat(exchange(ports, "OPTIONS", "/x", "Max-Forwards: 10\r\n")).startsWith("HTTP/1.1 200 ");
        assertThat(exchange(ports, "GET", "/y", "Max-Forwards: 0\r\n")).startsWith("HTTP/1.1 200 ");
        assertThat(seen).containsExactly("OPTIONS /x 9", "GET /y 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "OPTIONS", "GET"})
    void without_a_page_and_a_route_every_method_gets_404(String method) throws Exception {
        ListenerContext ports = open(false, "/api/");

        assertThat(exchange(ports, method, "/x", ""))
                .startsWith("HTTP/1.1 404 ")
                .doesNotContainIgnoringCase("\r\nAllow:");
    }

    private static String exchange(ListenerContext ports, String method, String target, String fields)
            throws Exception {
        try (Socket socket = new Socket("127.0.0.1", ports.port(ListenerProtocol.HTTP))) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((method + " " + target + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n" + fields + "\r\n")
                            .getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private ListenerContext open(boolean page, String... routes) {
        HttpServer upstream = await(vertx.createHttpServer()
                .requestHandler(request -> {
                    String most = request.getHeader("Max-Forwards");
                    seen.add(request.method() + " " + request.uri() + (most == null ? "" : " " + most));
                    request.response().end();
                })
                .listen(0, "127.0.0.1"));
        Pool pool = PoolFixture.plain("servers");
        PoolFixture.up(pool, "one", upstream.actualPort());
        Settings settings =
                Settings.load(Optional.empty(), List.of("balancer.http.port=0", "balancer.h2c.port=0"), Map.of());
        ListenerContext listeners =
                await(ListenerContext.open(vertx, new OpsEvents(vertx, "balancer-1"), settings.balancer()));
        AssetHandler assets = page ? new AssetHandler(AssetCatalog.load(), OtherBuilds.NONE) : AssetHandler.none();
        await(vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                ListenerCounts counts = new ListenerCounts();
                Proxy proxy = new Proxy(vertx, new PoolOnLoop(pool), ProxySettings.of(0));
                RequestRouter router = new RequestRouter(
                        vertx,
                        assets,
                        Optional.empty(),
                        request -> request.response().end(),
                        counts,
                        Optional.empty());
                List<RouteSettings> all = Stream.of(routes)
                        .map(path -> new RouteSettings(path, "servers"))
                        .toList();
                router.use(RoutingTable.of(all, route -> new RouteAction.Forward(proxy, null, null, true)));
                return ListenFixture.open(
                        vertx,
                        listeners,
                        listener -> new CountingListenerEvents(counts, Optional.empty()),
                        listener -> router);
            }
        }));
        return listeners;
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
