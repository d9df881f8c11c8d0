package io.ratemesh.balancer.http;

import io.ratemesh.balancer.http.ProblemResponse.Format;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The encoded HTTP/1.1 responses to rejected requests, made once for each reason. */
public final class RefusalResponse {

    private static final String ALLOWED = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

    private static final Map<RefusalReason, RefusalResponse> JSON = all(Format.JSON_WITH_MESSAGE);
    private static final Map<RefusalReason, RefusalResponse> PAGES = all(Format.PAGE);

    private final byte[] head;
    private final byte[] whole;

    private RefusalResponse(RefusalReason reason, Format format) {
        ProblemResponse response = ProblemResponse.of(reason.problem(), format, Map.of("rule", reason.rule()));
        if (reason == RefusalReason.METHOD_NOT_ALLOWED) {
            response = response.with("Allow", ALLOWED);
        }
        head = response.toHttp1(false);
        whole = response.toHttp1(true);
    }

    /**
     * The bytes of a response, not to be changed.
     *
     * @param json whether the target is part of an API
     * @param withBody false for HEAD
     */
    public static byte[] of(RefusalReason reason, boolean json, boolean withBody) {
        RefusalResponse response = Objects.requireNonNull((json ? JSON : PAGES).get(reason));
        return withBody ? response.whole : response.head;
    }

    private static Map<RefusalReason, RefusalResponse> all(Format format) {
        Map<RefusalReason, RefusalResponse> responses = new EnumMap<>(RefusalReason.class);
        for (RefusalReason reason : RefusalReason.values()) {
            responses.put(reason, new RefusalResponse(reason, format));
        }
        return responses;
    }
}
