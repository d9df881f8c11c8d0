package io.ratemesh.balancer.routing;

import io.ratemesh.balancer.http.TrustedProxies;
import io.ratemesh.balancer.proxy.RequestVariables;
import io.ratemesh.balancer.proxy.ResponseChanges;
import io.ratemesh.node.settings.HeaderSettings;
import io.ratemesh.node.settings.RouteSettings;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.regex.Pattern;

/** Redirects the requests of a route. */
final class RedirectResponse implements RouteAction.Respond {

    private static final Pattern LEADING_SLASHES = Pattern.compile("^[/\\\\]{2,}");

    private final RouteSettings.Redirect settings;
    private final ResponseChanges changes;
    private final TrustedProxies trusted;

    RedirectResponse(RouteSettings.Redirect settings, HeaderSettings headers, TrustedProxies trusted) {
        this.settings = settings;
        this.changes = new ResponseChanges(headers);
        this.trusted = trusted;
    }

    @Override
    public long respond(HttpServerRequest request) {
        HttpServerResponse response = request.response().setStatusCode(settings.status());
        response.putHeader(
                HttpHeaders.LOCATION,
                location(settings.to().render(new RequestVariables(request, request.uri(), trusted))));
        response.putHeader(HttpHeaders.CONTENT_LENGTH, "0");
        changes.apply(new RequestVariables(request, request.uri(), trusted), response.headers());
        response.end();
        return 0;
    }

    /** A location that begins with two slashes would be another host (RFC 3986 §4.2); browsers take a backslash for a slash. */
    static String location(String rendered) {
        return LEADING_SLASHES.matcher(rendered).replaceFirst("/");
    }
}
