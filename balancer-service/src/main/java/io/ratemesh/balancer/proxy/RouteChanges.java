package io.ratemesh.balancer.proxy;

import io.ratemesh.balancer.http.TrustedProxies;
import io.ratemesh.node.settings.HeaderSettings;
import io.ratemesh.node.settings.RouteSettings;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What a route changes of the requests that it forwards and of their responses. */
public final class RouteChanges {

    private final RouteSettings.Forward settings;
    private final Set<String> replaced;
    private final ResponseChanges responses;
    private final TrustedProxies trusted;

    public RouteChanges(RouteSettings.Forward settings, HeaderSettings responses, TrustedProxies trusted) {
        this.settings = settings;
        this.replaced = new HashSet<>(settings.requestHeaders().remove());
        settings.requestHeaders()
                .set()
                .forEach(field -> replaced.add(field.name().toLowerCase(Locale.ROOT)));
        this.responses = new ResponseChanges(responses);
        this.trusted = trusted;
    }

    /** For one request. */
    ChangedRequest of(HttpServerRequest request) {
        return new ChangedRequest(this, request);
    }

    RouteSettings.Forward settings() {
        return settings;
    }

    TrustedProxies trusted() {
        return trusted;
    }

    /** Whether the client's field of this name, in lower case, is not forwarded. */
    boolean replaces(String name) {
        return replaced.contains(name);
    }

    ResponseChanges responses() {
        return responses;
    }
}
