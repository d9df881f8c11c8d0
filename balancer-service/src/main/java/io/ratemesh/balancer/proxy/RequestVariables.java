package io.ratemesh.balancer.proxy;

import io.ratemesh.balancer.http.RequestIds;
import io.ratemesh.balancer.http.TrustedProxies;
import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.TextTemplate.Variable;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The values of the variables in the texts of a route, for one request. */
public final class RequestVariables implements Function<Variable, String> {

    private static final String REQUEST_ID = "X-Request-Id";

    private final HttpServerRequest request;
    private final String target;
    private final TrustedProxies trusted;
    private @Nullable String id;
    private String server = "";

    /**
     * Of a request.
     *
     * @param target that is sent to the server
     */
    public RequestVariables(HttpServerRequest request, String target, TrustedProxies trusted) {
        this.request = request;
        this.target = target;
        this.trusted = trusted;
    }

    /** The request is sent to this server. */
    void sentTo(String upstreamId) {
        server = upstreamId;
    }

    /** The identifier of the request: the client's if it is valid, else a random one, the same at each call. */
    String requestId() {
        if (id == null) {
            id = RequestIds.of(request.getHeader(REQUEST_ID));
        }
        return id;
    }

    @Override
    public String apply(Variable variable) {
        return switch (variable) {
            case CLIENT_ADDRESS -> Objects.requireNonNullElse(IpAddresses.text(request.remoteAddress()), "unknown");
            case REQUEST_ID -> requestId();
            case SERVER -> server;
            case SCHEME ->
                ForwardedFields.proto(
                        trusted.trusts(request.remoteAddress()) ? request.headers() : null,
                        request.isSSL() ? "https" : "http");
            case HOST -> String.valueOf(Objects.requireNonNullElse(request.authority(), ""));
            case METHOD -> request.method().name();
            case PATH -> target.substring(0, RouteTarget.pathEnd(target));
            case QUERY -> target.substring(RouteTarget.pathEnd(target));
        };
    }
}
