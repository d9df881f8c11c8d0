package io.ratemesh.balancer.http;

/** Why the front door answers by itself instead of an upstream, and what it says. */
public enum ProxyFailure {
    BAD_REQUEST(
            400,
            "bad-request",
            "Bad request",
            "This server does not take the request as it is: look at its target and its Host."),
    UPSTREAM_BROKE(502, "upstream-broke", "Bad gateway", "The node that was asked broke off. Please try again."),
    NONE_AVAILABLE(503, "none-available", "Unavailable", "No node is available right now. Please try again."),
    UPSTREAM_SLOW(504, "upstream-slow", "Gateway timeout", "The node that was asked took too long to answer.");

    private final int status;
    private final String code;
    private final String title;
    private final String detail;

    ProxyFailure(int status, String code, String title, String detail) {
        this.status = status;
        this.code = code;
        this.title = title;
        this.detail = detail;
    }

    public int status() {
        return status;
    }

    String code() {
        return code;
    }

    String title() {
        return title;
    }

    String detail() {
        return detail;
    }
}
