package io.ratemesh.balancer.health;

import io.ratemesh.balancer.pool.CheckOutcome;
import io.ratemesh.balancer.pool.Upstream;
import io.ratemesh.node.settings.CheckSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Asks an upstream by HTTP whether it is well: 200 is well, all else is not. */
public final class ActiveCheck {

    private static final int WELL = 200;

    private final HttpClient client;
    private final CheckSettings settings;

    public ActiveCheck(Vertx vertx, CheckSettings settings) {
        this.settings = settings;
        // A new connection each time: whether it still accepts some is what is asked.
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(false).setConnectTimeout((int)
                        settings.timeout().toMillis()));
    }

    /** Asks once. Never fails: an upstream that does not answer is an outcome too. */
    public Future<CheckOutcome> ask(Upstream upstream) {
        Instant at = Instant.now();
        long begin = System.nanoTime();
        RequestOptions question = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(upstream.host())
                .setPort(upstream.port())
                .setURI(settings.path())
                .setTimeout(settings.timeout().toMillis());
        return client.request(question)
                .compose(HttpClientRequest::send)
                .compose(answer -> answer.end().map(answer.statusCode()))
                .timeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .transform(result -> {
                    Duration took = Duration.ofNanos(System.nanoTime() - begin);
                    if (result.failed()) {
                        return Future.succeededFuture(new CheckOutcome(at, false, 0, took, why(result.cause())));
                    }
                    int status = result.result();
                    String detail = status == WELL ? "" : "status " + status + " (expected: " + WELL + ")";
                    return Future.succeededFuture(new CheckOutcome(at, status == WELL, status, took, detail));
                });
    }

    private static String why(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
