package io.ratemesh.converter.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The header fields of every response, encoded once. Used on one event loop. */
public final class CommonFields {

    private static final DateTimeFormatter IMF_FIXDATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final long SECOND_MILLIS = 1000;

    private static final CharSequence SERVED_BY = HttpHeaders.createOptimized("X-Served-By");
    private static final CharSequence EXPOSED =
            HttpHeaders.createOptimized("ETag, X-Served-By, Retry-After, X-Request-Id");
    private static final CharSequence ANYONE = HttpHeaders.createOptimized("*");

    private final CharSequence node;
    private CharSequence date = now();

    /** Made on the event loop that uses it. */
    public CommonFields(Vertx vertx, String node) {
        this.node = HttpHeaders.createOptimized(node);
        vertx.setPeriodic(SECOND_MILLIS, ignored -> date = now());
    }

    /** Sets the node and the date (RFC 9110 §6.6.1). */
    public void put(HttpServerResponse response) {
        response.putHeader(HttpHeaders.DATE, date).putHeader(SERVED_BY, node);
    }

    /** Sets the CORS fields that let a page of any origin read the response. */
    public static void putCors(HttpServerResponse response) {
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, ANYONE)
                .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }

    private static CharSequence now() {
        return HttpHeaders.createOptimized(IMF_FIXDATE.format(Instant.now()));
    }
}
