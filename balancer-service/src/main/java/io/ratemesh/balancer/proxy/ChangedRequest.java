package io.ratemesh.balancer.proxy;

import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.node.settings.HeaderSettings;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** A request as its route changes it, and its response. */
final class ChangedRequest {

    private final RouteChanges route;
    private final String target;
    private final RequestVariables variables;

    ChangedRequest(RouteChanges route, HttpServerRequest request) {
        this.route = route;
        this.target = RouteTarget.change(request.uri(), route.settings());
        this.variables = new RequestVariables(request, target, route.trusted());
    }

    /** The target that is sent to the server. */
    String target() {
        return target;
    }

    /** The prefix that was removed from the path; empty for none. */
    String prefix() {
        return route.settings().stripPrefix();
    }

    /** The longest body that the request may have, in bytes; 0 is no limit. */
    int maxBody() {
        return route.settings().maxBody();
    }

    /** The protocols to which its connection may switch, in lower case. */
    Set<String> upgrades() {
        return route.settings().upgrades();
    }

    /** The identifier that is sent to the server. */
    String requestId() {
        return variables.requestId();
    }

    /** Whether the client's field of this name is not forwarded. */
    boolean replaces(CharSequence name) {
        return route.replaces(name.toString().toLowerCase(Locale.ROOT));
    }

    /** Passes on the fields that the route writes, with the values for a server. */
    void forEachField(Upstream to, BiConsumer<String, String> field) {
        variables.sentTo(to.id());
        HeaderSettings fields = route.settings().requestHeaders();
        Stream.concat(fields.set().stream(), fields.add().stream())
                .forEach(each -> field.accept(each.name(), each.value().render(variables)));
    }

    /** Changes the fields of the response. */
    void changeResponse(MultiMap fields) {
        route.responses().apply(variables, fields);
    }
}
