package io.ratemesh.balancer.upstream;

/**
 * How many answers there were, by the class of their status.
 *
 * @param informational 1xx
 * @param success 2xx
 * @param redirection 3xx
 * @param clientError 4xx
 * @param serverError 5xx
 * @param other what HTTP has no class for
 */
public record ResponseCounts(
        long informational, long success, long redirection, long clientError, long serverError, long other) {

    /** None. */
    public static final ResponseCounts NONE = new ResponseCounts(0, 0, 0, 0, 0, 0);

    /** Both together. */
    public ResponseCounts plus(ResponseCounts more) {
        return new ResponseCounts(
                informational + more.informational,
                success + more.success,
                redirection + more.redirection,
                clientError + more.clientError,
                serverError + more.serverError,
                other + more.other);
    }
}
