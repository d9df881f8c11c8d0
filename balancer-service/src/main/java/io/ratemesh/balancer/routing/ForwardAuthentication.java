package io.ratemesh.balancer.routing;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.ratemesh.balancer.http.HopByHop;
import io.ratemesh.balancer.http.ProblemDetail;
import io.ratemesh.balancer.http.ProblemResponse;
import io.ratemesh.balancer.http.ProblemResponse.Format;
import io.ratemesh.balancer.http.TrustedProxies;
import io.ratemesh.balancer.proxy.RequestVariables;
import io.ratemesh.balancer.routing.RouteAccess.Refusal;
import io.ratemesh.node.settings.AccessSettings.ForwardAuth;
import io.ratemesh.node.settings.TextTemplate.Variable;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks another server about each request: a GET with the fields of the request, and with {@code X-Forwarded-*} for its method, scheme,
 * host, target and client. With a status of 2xx the request is admitted, any other response is the client's. All event loops share it.
 */
final class ForwardAuthentication {

    private static final ProblemDetail NOT_ASKED = new ProblemDetail(
            503,
            "about:blank",
            "Unavailable",
            "The server that decides about access did not respond. Please try again.",
            "authentication-unavailable");

    private static final int MAX_CONNECTIONS = 64;
    private static final int MAX_WAITING = 1024;
    private static final int MAX_BODY = 64 * 1024;

    /** What describes the body, which is not sent, or is written anew. */
    private static final Set<String> NOT_FORWARDED = Set.of(
            "content-encoding",
            "content-length",
            "content-type",
            "expect",
            "host",
            "max-forwards",
            "trailer",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-method",
            "x-forwarded-proto",
            "x-forwarded-uri");

    private final ForwardAuth settings;
    private final TrustedProxies trusted;
    private final HttpClient client;
    private final RequestOptions asked;

    ForwardAuthentication(Vertx vertx, ForwardAuth settings, TrustedProxies trusted) {
        this.settings = settings;
        this.trusted = trusted;
        this.asked = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(settings.url().toString())
                .setTimeout(settings.timeout().toMillis());
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) settings.timeout().toMillis())
                        .setDecompressionSupported(false),
                new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS).setMaxWaitQueueSize(MAX_WAITING));
    }

    /** Empty where a request is admitted, which then has the fields that the server gave it. Never fails. */
    Future<Optional<Refusal>> ask(HttpServerRequest request, Format format) {
        return client.request(new RequestOptions(asked).setHeaders(fields(request)))
                .compose(HttpClientRequest::send)
                .compose(response -> admits(response) ? admit(request, response) : refuse(response))
                .otherwise(failure -> Optional.of(
                        Refusal.of(ProblemResponse.of(NOT_ASKED, format).withRetryAfter(1))));
    }

    private MultiMap fields(HttpServerRequest request) {
        MultiMap fields = MultiMap.caseInsensitiveMultiMap();
        Set<String> named = HopByHop.named(request.headers().getAll(HttpHeaderNames.CONNECTION));
        for (Map.Entry<String, String> field : request.headers()) {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            if (!HopByHop.always(name) && !NOT_FORWARDED.contains(name) && !named.contains(name)) {
                fields.add(name, field.getValue());
            }
        }
        List<String> cookies = fields.getAll(HttpHeaderNames.COOKIE);
        if (cookies.size() > 1) {
            // HTTP/2 may split it (RFC 9113 §8.2.3).
            fields.set(HttpHeaderNames.COOKIE, String.join("; ", cookies));
        }
        RequestVariables variables = new RequestVariables(request, request.uri(), trusted);
        return fields.set("X-Forwarded-Method", variables.apply(Variable.METHOD))
                .set("X-Forwarded-Proto", variables.apply(Variable.SCHEME))
                .set("X-Forwarded-Host", variables.apply(Variable.HOST))
                .set("X-Forwarded-Uri", request.uri())
                .set("X-Forwarded-For", variables.apply(Variable.CLIENT_ADDRESS));
    }

    private static boolean admits(HttpClientResponse response) {
        return response.statusCode() / 100 == 2;
    }

    private Future<Optional<Refusal>> admit(HttpServerRequest request, HttpClientResponse response) {
        // What the client itself sends under these names was never checked.
        settings.copyHeaders().forEach(name -> {
            List<String> values = response.headers().getAll(name);
            request.headers().remove(name);
            values.forEach(value -> request.headers().add(name, value));
        });
        return content(response).map(ignored -> Optional.empty());
    }

    private static Future<Optional<Refusal>> refuse(HttpClientResponse response) {
        return content(response)
                .map(content ->
                        Optional.of(new Refusal(response.statusCode(), request -> send(request, response, content))));
    }

    private static long send(HttpServerRequest request, HttpClientResponse from, Buffer content) {
        HttpServerResponse response = request.response().setStatusCode(from.statusCode());
        Set<String> named = HopByHop.named(from.headers().getAll(HttpHeaderNames.CONNECTION));
        for (Map.Entry<String, String> field : from.headers()) {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            if (!HopByHop.always(name) && !name.equals("content-length") && !named.contains(name)) {
                response.headers().add(field.getKey(), field.getValue());
            }
        }
        response.putHeader(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(content.length()));
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
            return 0;
        }
        response.end(content);
        return content.length();
    }

    /** The content of a response; fails where it is too long. */
    private static Future<Buffer> content(HttpClientResponse response) {
        Buffer content = Buffer.buffer();
        response.handler(part -> {
            if (content.length() + part.length() > MAX_BODY) {
                response.request().reset();
            } else {
                content.appendBuffer(part);
            }
        });
        return response.end().map(content);
    }
}
