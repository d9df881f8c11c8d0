package io.ratemesh.balancer.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.proxy.ServerProgram;
import io.ratemesh.balancer.upstream.CheckResult;
import io.ratemesh.balancer.upstream.CheckResult.Outcome;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.node.settings.CheckSettings;
import io.ratemesh.node.settings.ConnectionSettings;
import io.ratemesh.node.settings.HttpCheckSettings;
import io.ratemesh.node.settings.ServerSettings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks of a server of grpcio. */
@Timeout(180)
class GrpcCheckTest {

    @TempDir
    private Path folder = Path.of("");

    private final Vertx vertx = Vertx.vertx();
    private final int port = ServerProgram.freePort();

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({
        "'', EXPECTED_STATUS, ''",
        "shop, EXPECTED_STATUS, ''",
        "closed, UNEXPECTED_BODY, the service is NOT_SERVING; must be SERVING",
        "other, UNEXPECTED_STATUS, grpc-status 5: unknown service"
    })
    void a_service_says_whether_it_serves(String service, Outcome outcome, String detail) throws Exception {
        try (InputStream in = GrpcCheckTest.class.getResourceAsStream("/grpc-server.py")) {
            Files.write(folder.resolve("server.py"), Objects.requireNonNull(in).readAllBytes());
        }
        try (ServerProgram server =
                ServerProgram.start(folder, port, "/usr/bin/python3", "server.py", String.valueOf(port))) {
            assertThat(checked(service)).returns(outcome, CheckResult::outcome).returns(detail, CheckResult::detail);
            assertThat(server).isNotNull();
        }
    }

    @Test
    void a_server_that_speaks_only_HTTP_1_fails_the_check() throws IOException {
        try (ServerProgram nginx = ServerProgram.nginx(
                folder, port, "server { listen 127.0.0.1:" + port + "; location / { return 200; } }")) {
            assertThat(checked("").outcome()).isEqualTo(Outcome.INVALID_RESPONSE);
            assertThat(nginx).isNotNull();
        }
    }

    private CheckResult checked(String service) {
        CheckSettings check = new CheckSettings(
                CheckSettings.Kind.GRPC,
                "/",
                PoolFixture.PLAIN.check().expected(),
                Duration.ofMillis(100),
                Duration.ofMillis(100),
                Duration.ofSeconds(40),
                1,
                1,
                new HttpCheckSettings("GET", Optional.empty(), Map.of(), Optional.empty(), service));
        Pool pool = new Pool(PoolFixture.with(PoolFixture.PLAIN, ConnectionSettings.PLAIN, check), System::nanoTime);
        Upstream upstream = pool.add("a", new ServerSettings("127.0.0.1", port, 1, false));
        vertx.runOnContext(ignored -> new HealthChecker(vertx, pool));
        await().atMost(Duration.ofSeconds(50)).until(() -> upstream.lastCheck().isPresent());
        return upstream.lastCheck().orElseThrow();
    }
}
