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
import io.ratemesh.node.settings.HttpCheckSettings.ExpectedBody;
import io.ratemesh.node.settings.ServerSettings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks of nginx. */
@Timeout(60)
class HttpCheckTest {

    private static final String SERVER = """
        map "$request_method $http_host $http_x_probe" $known { default 0; "HEAD shop.internal 1" 1; }
        server {
          listen 127.0.0.1:%d;
          location /up { if ($known) { return 204; } return 503; }
          location /body { return 200 "state: ok\\n"; }
        }
        """;

    @TempDir
    private Path folder = Path.of("");

    private final Vertx vertx = Vertx.vertx();
    private final int port = ServerProgram.freePort();
    private ServerProgram nginx;

    @BeforeEach
    void start() throws IOException {
        nginx = ServerProgram.nginx(folder, port, SERVER.formatted(port));
    }

    @AfterEach
    void stop() throws Exception {
        nginx.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void a_check_has_its_method_its_host_and_its_fields() {
        HttpCheckSettings request =
                new HttpCheckSettings("HEAD", Optional.of("shop.internal"), Map.of("X-Probe", "1"), Optional.empty());

        assertThat(checked("/up", request))
                .returns(Outcome.EXPECTED_STATUS, CheckResult::outcome)
                .returns(204, CheckResult::status);
        assertThat(checked("/up", HttpCheckSettings.DEFAULT))
                .returns(Outcome.UNEXPECTED_STATUS, CheckResult::outcome)
                .returns(503, CheckResult::status);
    }

    @ParameterizedTest
    @CsvSource({
        "state: ok, false, EXPECTED_STATUS",
        "^state: \\w+$, true, EXPECTED_STATUS",
        "failed, false, UNEXPECTED_BODY"
    })
    void a_body_is_expected_as_text_or_as_a_regular_expression(String expected, boolean regex, Outcome outcome) {
        HttpCheckSettings request = new HttpCheckSettings(
                "GET", Optional.empty(), Map.of(), Optional.of(new ExpectedBody(expected, regex)));

        CheckResult result = checked("/body", request);

        assertThat(result.outcome()).isEqualTo(outcome);
        assertThat(result.detail()).isEqualTo(result.passed() ? "" : "the body has no match of \"failed\"");
    }

    private CheckResult checked(String path, HttpCheckSettings request) {
        CheckSettings check = new CheckSettings(
                CheckSettings.Kind.HTTP,
                path,
                PoolFixture.PLAIN.check().expected(),
                Duration.ofMillis(100),
                Duration.ofMillis(100),
                Duration.ofSeconds(20),
                1,
                1,
                request);
        Pool pool = new Pool(PoolFixture.with(PoolFixture.PLAIN, ConnectionSettings.PLAIN, check), System::nanoTime);
        Upstream upstream = pool.add("a", new ServerSettings("127.0.0.1", port, 1, false));
        vertx.runOnContext(ignored -> new HealthChecker(vertx, pool));
        await().until(() -> upstream.lastCheck().isPresent());
        return upstream.lastCheck().orElseThrow();
    }
}
