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
 * Sends a GET within limits and follows redirects. One request at a time, on one event loop.
 *
 * <p>After a failed write a {@link WebClient} goes on reading the body, even one without end: so the connection of a failed
 * request is closed here.
 */
final class HttpFetch {

    private final WebClient client;
    private final FetchLimits limits;
    private final Clock clock;
    private @Nullable HttpConnection connection;
    /** The number of the newest request; an older one has timed out or was canceled. */
    private long current;

    HttpFetch(Vertx vertx, FetchLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
        // Between two polls lie minutes: by then the server has closed the connection.
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
     * Sends a GET.
     *
     * @param uri http or https
     * @param validators for a conditional request
     * @return fails only with a {@link PollException}
     */
    Future<FetchedResponse> get(URI uri, Validators validators) {
        long attempt = ++current;
        return send(attempt, uri, uri, validators, 0)
                .timeout(limits.total().toMillis(), TimeUnit.MILLISECONDS)
                .recover(cause -> {
                    abort(attempt);
                    return Future.failedFuture(PollException.of(cause));
                });
    }

    /** Cancels the request in flight. */
    void close() {
        current++;
        client.close();
    }

    private Future<FetchedResponse> send(long attempt, URI configured, URI uri, Validators known, int hops) {
        if (attempt != current) {
            return Future.failedFuture(new PollException("canceled"));
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
            return Future.failedFuture(new PollException("status " + status, retryAfter(response)));
        });
    }

    private Future<FetchedResponse> follow(
            long attempt, URI configured, URI uri, Validators known, int hops, HttpResponse<Void> response) {
        String location = response.getHeader(HttpHeaders.LOCATION.toString());
        if (location == null || hops >= Redirects.MOST) {
            return Future.failedFuture(new PollException("too many redirects, or one without a location"));
        }
        return Redirects.target(configured, uri, location)
                .map(target -> send(attempt, configured, target, known, hops + 1))
                .orElseGet(() -> Future.failedFuture(new PollException("redirected to an address that is not https")));
    }

    private void abort(long attempt) {
        if (attempt == current) {
            current++;
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
