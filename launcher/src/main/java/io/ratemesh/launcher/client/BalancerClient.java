package io.ratemesh.launcher.client;

import io.ratemesh.launcher.state.ListenAddress;
import java.net.URI;

/** Requests to the HTTP listener of the balancer. */
public record BalancerClient(ListenAddress listener) {

    private static final String CONVERSION = "/api/v1/convert?from=EUR&to=USD&amount=100";

    public URI page() {
        return listener.uri("/");
    }

    public URI conversion() {
        return listener.uri(CONVERSION);
    }

    /** Whether a conversion succeeds, which needs a node of every role. */
    public boolean converts() {
        return HttpGet.isOk(conversion());
    }
}
