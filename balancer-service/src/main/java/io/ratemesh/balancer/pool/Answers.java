package io.ratemesh.balancer.pool;

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
public record Answers(
        long informational, long success, long redirection, long clientError, long serverError, long other) {

    /** None. */
    public static final Answers NONE = new Answers(0, 0, 0, 0, 0, 0);

    /** Both together. */
    public Answers plus(Answers more) {
        return new Answers(
                informational + more.informational,
                success + more.success,
                redirection + more.redirection,
                clientError + more.clientError,
                serverError + more.serverError,
                other + more.other);
    }
}
