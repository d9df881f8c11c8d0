package io.ratemesh.launcher.front;

import io.ratemesh.launcher.state.ListenAddress;
import java.net.URI;
import java.util.Optional;

/** Where the users come in. */
public record BalancerClient(ListenAddress listener) {

    private static final String CONVERSION = "/api/v1/convert?from=EUR&to=USD&amount=100";

    public URI page() {
        return listener.uri("/");
    }

    public URI conversion() {
        return listener.uri(CONVERSION);
    }

    /** Whether a conversion is answered, which takes every kind of node. */
    public boolean converts() {
        return HttpGet.ask(conversion(), Optional.empty())
                .filter(answer -> answer.status() == 200)
                .isPresent();
    }
}
