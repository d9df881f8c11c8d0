package io.ratemesh.balancer.http;

/**
 * What went wrong with a request (RFC 9457 §3.1).
 *
 * @param status 400 to 599
 * @param type a URI reference; {@code about:blank} where the status is enough
 * @param title a short summary that is the same for all problems of this type
 * @param detail for people: what was wrong, what is accepted, what to do
 * @param code a stable identifier for programs, such as {@code bad-request}
 */
public record ProblemDetail(int status, String type, String title, String detail, String code) {

    /** A problem with a type that the API documents. */
    public static ProblemDetail documented(int status, String code, String title, String detail) {
        return new ProblemDetail(status, "/api/problems/" + code, title, detail, code);
    }
}
