package io.ratemesh.balancer.routing;

import io.ratemesh.balancer.http.TrustedProxies;
import io.ratemesh.balancer.proxy.RequestVariables;
import io.ratemesh.balancer.proxy.ResponseChanges;
import io.ratemesh.node.settings.HeaderSettings;
import io.ratemesh.node.settings.RouteSettings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Responds to all requests of a route with the same content. */
final class FixedResponse implements RouteAction.Respond {

    private final RouteSettings.Respond settings;
    private final ResponseChanges changes;
    private final TrustedProxies trusted;
    private final Buffer body;

    FixedResponse(RouteSettings.Respond settings, HeaderSettings headers, TrustedProxies trusted) {
        this.settings = settings;
        this.changes = new ResponseChanges(headers);
        this.trusted = trusted;
        this.body = Buffer.buffer(settings.body());
    }

    @Override
    public long respond(HttpServerRequest request) {
        HttpServerResponse response = request.response().setStatusCode(settings.status());
        response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()));
        if (body.length() > 0) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, settings.contentType());
        }
        changes.apply(new RequestVariables(request, request.uri(), trusted), response.headers());
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
            return 0;
        }
        response.end(body);
        return body.length();
    }
}
