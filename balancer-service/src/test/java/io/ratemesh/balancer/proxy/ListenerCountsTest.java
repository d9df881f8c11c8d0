package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.listener.ListenerCounts;
import io.ratemesh.balancer.listener.ListenerSnapshot;
import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.loadbalance.PoolOnLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two addresses whose requests go through one proxy. */
@Timeout(30)
class ListenerCountsTest {

    @Test
    void requests_are_counted_by_the_listener_that_received_them() throws Exception {
        Vertx vertx = Vertx.vertx();
        Pool pool = PoolFixture.plain("servers");
        ListenerCounts one = new ListenerCounts();
        ListenerCounts other = new ListenerCounts();
        try {
            HttpServer server = ProxyFixture.await(vertx.createHttpServer()
                    // A response that overtakes the body would leave the body unsent.
                    .requestHandler(request ->
                            request.body().onSuccess(body -> request.response().end("hello")))
                    .listen(0, "127.0.0.1"));
            PoolFixture.up(pool, "a", server.actualPort());
            Promise<Integer> port = Promise.promise();
            ProxyFixture.await(vertx.deployVerticle(new VerticleBase() {
                @Override
                public Future<?> start() {
                    Proxy proxy = new Proxy(vertx, new PoolOnLoop(pool), ProxySettings.of(8080));
                    return vertx.createHttpServer()
                            .requestHandler(request -> proxy.handle(request, other))
                            .listen(0, "127.0.0.1")
                            .onSuccess(listening -> port.complete(listening.actualPort()));
                }
            }));
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + ProxyFixture.await(port.future()) + "/"))
                    .POST(BodyPublishers.ofString("question"))
                    .build();
            assertThat(HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .build()
                            .send(request, BodyHandlers.ofString())
                            .body())
                    .isEqualTo("hello");

            await().untilAsserted(() -> {
                assertThat(other.snapshot().responses().success()).isEqualTo(1);
                assertThat(other.snapshot().bytesIn()).isEqualTo(8);
                assertThat(other.snapshot().bytesOut()).isEqualTo(5);
            });
            assertThat(one.snapshot()).isEqualTo(ListenerSnapshot.NONE);
        } finally {
            ProxyFixture.await(vertx.close());
        }
    }
}
