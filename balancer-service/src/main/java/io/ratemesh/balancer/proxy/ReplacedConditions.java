package io.ratemesh.balancer.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.ratemesh.balancer.cache.StoredResponse;
import io.vertx.core.MultiMap;
import java.util.List;

/** The conditions of a client's request, while the server gets those that validate a stored response. */
final class ReplacedConditions {

    private final MultiMap fields;
    private final List<String> ifNoneMatch;
    private final List<String> ifModifiedSince;

    /** Replaces the conditions in the fields of a request. */
    ReplacedConditions(MultiMap fields, StoredResponse stored) {
        this.fields = fields;
        this.ifNoneMatch = List.copyOf(fields.getAll(HttpHeaderNames.IF_NONE_MATCH));
        this.ifModifiedSince = List.copyOf(fields.getAll(HttpHeaderNames.IF_MODIFIED_SINCE));
        set(HttpHeaderNames.IF_NONE_MATCH, stored.fields().getAll(HttpHeaderNames.ETAG));
        set(HttpHeaderNames.IF_MODIFIED_SINCE, stored.fields().getAll(HttpHeaderNames.LAST_MODIFIED));
    }

    /** Whether a request has conditions that a stored response could meet. */
    static boolean arePresent(MultiMap fields) {
        return fields.contains(HttpHeaderNames.IF_NONE_MATCH) || fields.contains(HttpHeaderNames.IF_MODIFIED_SINCE);
    }

    /** Restores those of the client. */
    void restore() {
        set(HttpHeaderNames.IF_NONE_MATCH, ifNoneMatch);
        set(HttpHeaderNames.IF_MODIFIED_SINCE, ifModifiedSince);
    }

    private void set(CharSequence name, List<String> values) {
        fields.remove(name);
        values.forEach(value -> fields.add(name, value));
    }
}
