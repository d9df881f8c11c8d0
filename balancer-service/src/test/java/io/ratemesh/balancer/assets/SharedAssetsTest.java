package io.ratemesh.balancer.assets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.assets.Asset;
import io.ratemesh.assets.AssetCatalog;
import io.ratemesh.node.NodeRole;
import io.ratemesh.node.cluster.HazelcastSetup;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.lifecycle.NodeService;
import io.ratemesh.node.lifecycle.RunningNode;
import io.ratemesh.node.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Two balancers of different builds in one cluster in this JVM: the newer one has no longer the styles of the older one. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedAssetsTest {

    private final AssetCatalog oldBuild = AssetCatalog.load();
    private final AssetCatalog newBuild = oldBuild.only(asset -> !asset.path().endsWith(".css"));
    private final Asset style = oldBuild.all().stream()
            .filter(asset -> asset.path().startsWith("/css/"))
            .findFirst()
            .orElseThrow();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private RunningNode oldBalancer;
    private RunningNode newBalancer;
    private int port;

    @BeforeAll
    void start() {
        List<String> cluster = newCluster();
        oldBalancer = balancer(cluster);
        newBalancer = balancer(cluster);
        share(oldBalancer, oldBuild);
        port = listen(newBalancer.node().vertx(), new AssetHandler(newBuild, share(newBalancer, newBuild)))
                .actualPort();
    }

    @AfterAll
    void stop() {
        awaited(newBalancer.stop());
        awaited(oldBalancer.stop());
    }

    @Test
    void a_page_of_the_old_build_gets_its_files_from_a_balancer_of_the_new_one() throws Exception {
        HttpResponse<byte[]> response = send(request(style.path()));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(style.identity().body());
        assertThat(response.headers().firstValue("Content-Type")).hasValue(style.contentType());
        assertThat(response.headers().firstValue("Cache-Control")).hasValue(Asset.IMMUTABLE);
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void they_stay_when_the_last_balancer_of_the_old_build_has_left() throws Exception {
        List<String> cluster = newCluster();
        RunningNode leaving = balancer(cluster);
        RunningNode staying = balancer(cluster);
        share(leaving, oldBuild);

        awaited(leaving.stop());

        assertThat(awaited(awaited(SharedAssets.open(staying.node().vertx())).find(style.path())))
                .hasValueSatisfying(found -> assertThat(found.path()).isEqualTo(style.path()));
        awaited(staying.stop());
    }

    @Test
    void what_no_build_has_is_404_and_not_stored_in_caches() throws Exception {
        HttpResponse<byte[]> response = send(request("/css/converter.0123456789abcdef.css"));

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(send(request("/css/converter.css")).statusCode()).isEqualTo(404);
        assertThat(send(request(style.path()).POST(BodyPublishers.noBody())).statusCode())
                .isEqualTo(404);
    }

    @Test
    void content_that_does_not_fit_its_name_is_not_served() throws Exception {
        String path = "/js/app.0123456789abcdef.js";
        awaited(oldBalancer
                .node()
                .vertx()
                .sharedData()
                .<String, byte[]>getClusterWideMap(HazelcastSetup.ASSETS_MAP)
                .compose(files -> files.put(path, "alert()".getBytes(UTF_8))));

        assertThat(send(request(path)).statusCode()).isEqualTo(404);
    }

    @Test
    void pages_themselves_are_not_shared() {
        SharedAssets shared = awaited(SharedAssets.open(newBalancer.node().vertx()));

        assertThat(awaited(shared.find("/index.html"))).isEmpty();
        assertThat(awaited(shared.find("/sw.js"))).isEmpty();
    }

    private static List<String> newCluster() {
        // Ports below the ephemeral ones, since joining connects to every port of the range.
        int port = 10_000 + ThreadLocalRandom.current().nextInt(220) * 100;
        return List.of("cluster.name=shared-assets-test-" + UUID.randomUUID(), "cluster.port=" + port);
    }

    private static SharedAssets share(RunningNode node, AssetCatalog catalog) {
        return awaited(SharedAssets.open(node.node().vertx())
                .compose(shared -> shared.share(catalog).map(shared)));
    }

    private static RunningNode balancer(List<String> cluster) {
        Settings settings = Settings.load(Optional.empty(), cluster, Map.of());
        return awaited(RunningNode.start(new IdleBalancer(), settings, () -> {}));
    }

    private static HttpServer listen(Vertx vertx, AssetHandler handler) {
        return awaited(vertx.createHttpServer().requestHandler(handler::handle).listen(0, "127.0.0.1"));
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static <T> T awaited(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private static final class IdleBalancer implements NodeService {

        @Override
        public NodeRole role() {
            return NodeRole.BALANCER;
        }

        @Override
        public Future<Void> start(Node node) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> drain(Node node, Duration timeout) {
            return Future.succeededFuture();
        }
    }
}
