package io.ratemesh.balancer.upstream.connections;

/** A response that violates the grammar of HTTP/1.1. */
final class MalformedResponse extends RuntimeException {

    private static final long serialVersionUID = 1;

    MalformedResponse(String message) {
        super(message, null, false, false);
    }

    /**
     * Checks a rule.
     *
     * @param otherwise the message where it is violated
     */
    static void require(boolean valid, String otherwise) {
        if (!valid) {
            throw new MalformedResponse(otherwise);
        }
    }
}
