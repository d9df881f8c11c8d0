package io.ratemesh.balancer.upstream;

/**
 * Numbers of responses by status class.
 *
 * @param informational 1xx
 * @param success 2xx
 * @param redirection 3xx
 * @param clientError 4xx
 * @param serverError 5xx
 * @param other statuses outside 100 to 599
 */
public record ResponseCounts(
        long informational, long success, long redirection, long clientError, long serverError, long other) {

    /** None. */
    public static final ResponseCounts NONE = new ResponseCounts(0, 0, 0, 0, 0, 0);

    /** The sum of both. */
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
