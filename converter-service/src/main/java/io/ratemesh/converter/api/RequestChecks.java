package io.ratemesh.converter.api;

import io.ratemesh.converter.http.AcceptHeader;
import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.EntityTag;
import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.http.ProblemException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;

/** What the head of a request says, before anything is looked up for it. */
final class RequestChecks {

    private RequestChecks() {}

    /**
     * Checks that it names one host, as RFC 9112 §3.2 asks; Vert.x lets others through.
     *
     * @throws ProblemException with {@code bad-request}
     */
    static void host(HttpServerRequest request) {
        int fields = request.headers().getAll(HttpHeaders.HOST).size();
        if (fields != 1 && request.version() == HttpVersion.HTTP_1_1) {
            throw Problem.of(ProblemCode.BAD_REQUEST, "Host: " + fields + " fields (expected: one)")
                    .refusal();
        }
    }

    /**
     * Checks that it names a host as vertx-web wants it, which refuses others with an error of its own in the log; for
     * HTTP/1.0, as HAProxy's checks speak it, the host may be missing and is put there.
     *
     * @throws ProblemException with {@code bad-request}
     */
    static void hostToRoute(HttpServerRequest request) {
        host(request);
        String named = request.getHeader(HttpHeaders.HOST);
        if (named == null) {
            request.headers().set(HttpHeaders.HOST, "localhost");
        } else if (request.authority() == null) {
            throw Problem.of(
                            ProblemCode.BAD_REQUEST,
                            "Host: " + Problem.shown(named) + " (expected: a name, perhaps with a port)")
                    .refusal();
        }
    }

    /**
     * Checks that it accepts a type.
     *
     * @throws ProblemException with {@code not-acceptable}
     */
    static void acceptable(HttpServerRequest request, String type) {
        if (!AcceptHeader.allows(accept(request), type)) {
            throw Problem.of(ProblemCode.NOT_ACCEPTABLE, "Accept excludes " + type + " (expected: " + type + ")")
                    .refusal();
        }
    }

    /** Whether it would rather have another type than the one that is answered with by default. */
    static boolean prefers(HttpServerRequest request, String other, String byDefault) {
        String accept = accept(request);
        return accept.contains(other)
                && AcceptHeader.preferred(accept, List.of(byDefault, other))
                        .filter(other::equals)
                        .isPresent();
    }

    /** What it accepts; empty where it does not say. */
    static String accept(HttpServerRequest request) {
        return request.getHeader(HttpHeaders.ACCEPT) == null
                ? ""
                : String.join(",", request.headers().getAll(HttpHeaders.ACCEPT));
    }

    /** The answer, or that whoever asks has it already. */
    static ApiResponse unlessHeld(HttpServerRequest request, ApiResponse answer) {
        boolean held = request.getHeader(HttpHeaders.IF_NONE_MATCH) != null
                && answer.entityTag() != null
                && EntityTag.matches(
                        String.join(",", request.headers().getAll(HttpHeaders.IF_NONE_MATCH)), answer.entityTag());
        return held ? answer.notModified() : answer;
    }
}
