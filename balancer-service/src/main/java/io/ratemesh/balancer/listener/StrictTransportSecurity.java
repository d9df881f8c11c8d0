package io.ratemesh.balancer.listener;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/** Adds {@code Strict-Transport-Security} to every response: browsers use HTTPS only from then on (RFC 6797). */
final class StrictTransportSecurity implements Handler<HttpServerRequest> {

    private static final CharSequence NAME = HttpHeaders.createOptimized("Strict-Transport-Security");

    private final CharSequence value;
    private final Handler<HttpServerRequest> next;

    StrictTransportSecurity(Duration maxAge, Handler<HttpServerRequest> next) {
        this.value = HttpHeaders.createOptimized("max-age=" + maxAge.toSeconds());
        this.next = next;
    }

    @Override
    public void handle(HttpServerRequest request) {
        request.response().putHeader(NAME, value);
        next.handle(request);
    }
}
