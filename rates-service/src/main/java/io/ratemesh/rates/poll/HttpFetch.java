package io.ratemesh.rates.poll;

import io.ratemesh.node.lifecycle.BuildInfo;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.codec.BodyCodec;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One GET within limits, redirects followed. One at a time, on one event loop.
 *
 * <p>A {@link WebClient} that gives a body up goes on reading it, without end if the body has none: so each connection is
 * remembered, and cut when its poll fails.
 */
final class HttpFetch {

    private final WebClient client;
    private final FetchLimits limits;
    private final Clock clock;
    private @Nullable HttpConnection connection;
    private long latest;

    HttpFetch(Vertx vertx, FetchLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
        // Minutes lie between two polls; a connection kept that long is one the other side has closed.
        HttpClientOptions options = new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout(Math.toIntExact(limits.connect().toMillis()));
        this.client = WebClient.wrap(
                vertx.httpClientBuilder()
                        .with(options)
                        .with(new PoolOptions().setHttp1MaxSize(1))
                        .withConnectHandler(opened -> connection = opened)
                        .build(),
                new WebClientOptions().setFollowRedirects(false).setUserAgent("ratemesh/" + BuildInfo.version()));
    }

    /**
     * Gets a page.
     *
     * @param uri http or https
     * @param known by what a server may say that nothing changed
     * @return fails with a {@link PollException} only
     */
    Future<FetchedResponse> get(URI uri, Validators known) {
        long attempt = ++latest;
        return hop(attempt, uri, uri, known, 0)
                .timeout(limits.total().toMillis(), TimeUnit.MILLISECONDS)
                .recover(cause -> {
                    giveUp(attempt);
                    return Future.failedFuture(PollException.of(cause));
                });
    }

    /** Ends what is under way. */
    void close() {
        latest++;
        client.close();
    }

    private Future<FetchedResponse> hop(long attempt, URI configured, URI uri, Validators known, int hops) {
        if (attempt != latest) {
            return Future.failedFuture(new PollException("given up"));
        }
        BoundedBody body = new BoundedBody(limits.maxBytes());
        HttpRequest<Void> request = client.requestAbs(HttpMethod.GET, uri.toString())
                .connectTimeout(limits.connect().toMillis())
                .idleTimeout(limits.total().toMillis())
                .as(BodyCodec.pipe(body));
        known.etag().ifPresent(etag -> request.putHeader(HttpHeaders.IF_NONE_MATCH.toString(), etag));
        known.lastModified().ifPresent(date -> request.putHeader(HttpHeaders.IF_MODIFIED_SINCE.toString(), date));
        return request.send().compose(response -> {
            int status = response.statusCode();
            if (status == 200) {
                return Future.succeededFuture(new FetchedResponse.Body(body.content(), validators(response)));
            }
            if (status == 304 && !known.isEmpty()) {
                return Future.succeededFuture(new FetchedResponse.NotModified());
            }
            if (isRedirect(status)) {
                return follow(attempt, configured, uri, known, hops, response);
            }
            return Future.failedFuture(new PollException("answered " + status, retryAfter(response)));
        });
    }

    private Future<FetchedResponse> follow(
            long attempt, URI configured, URI uri, Validators known, int hops, HttpResponse<Void> response) {
        String location = response.getHeader(HttpHeaders.LOCATION.toString());
        if (location == null || hops >= Redirects.MOST) {
            return Future.failedFuture(new PollException("redirected in circles or nowhere"));
        }
        return Redirects.target(configured, uri, location)
                .map(target -> hop(attempt, configured, target, known, hops + 1))
                .orElseGet(() -> Future.failedFuture(new PollException("redirected to what is not https")));
    }

    private void giveUp(long attempt) {
        if (attempt == latest) {
            latest++;
            if (connection != null) {
                connection.close();
            }
        }
    }

    private Optional<Duration> retryAfter(HttpResponse<Void> response) {
        return Optional.ofNullable(response.getHeader("Retry-After"))
                .flatMap(value -> RetryAfter.parse(value, clock.instant()));
    }

    private static Validators validators(HttpResponse<Void> response) {
        return new Validators(
                Optional.ofNullable(response.getHeader(HttpHeaders.ETAG.toString())),
                Optional.ofNullable(response.getHeader(HttpHeaders.LAST_MODIFIED.toString())));
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }
}
