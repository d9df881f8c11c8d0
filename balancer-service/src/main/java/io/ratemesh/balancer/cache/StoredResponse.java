package io.ratemesh.balancer.cache;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.ratemesh.balancer.http.EntityTags;
import io.ratemesh.balancer.http.HttpDate;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A complete response to GET, as the server sent it. Immutable: neither its fields nor its content may be changed. */
public final class StoredResponse {

    private static final int OK = 200;

    /** What an entry needs beside its bytes, as a guess. */
    private static final int OVERHEAD_BYTES = 512;

    /** What a field needs beside its text, as a guess. */
    private static final int FIELD_OVERHEAD_BYTES = 128;

    /** Fields that a 304 does not change, because they describe the content (RFC 9111 §3.2). */
    private static final Set<String> OF_THE_CONTENT =
            Set.of("content-encoding", "content-length", "content-range", "content-type");

    private static final Pattern TAG = Pattern.compile("(W/)?\".*\"");

    private final int status;
    private final @Nullable String reason;
    private final HttpHeaders fields;
    private final byte[] content;
    private final Freshness freshness;

    /**
     * With fields that nobody changes any more.
     *
     * @param reason a phrase other than the usual one; null for that
     */
    StoredResponse(int status, @Nullable String reason, HttpHeaders fields, byte[] content, Freshness freshness) {
        this.status = status;
        this.reason = reason;
        this.fields = fields;
        this.content = content;
        this.freshness = freshness;
    }

    public int status() {
        return status;
    }

    /** A reason phrase other than the usual one. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** Its fields without hop-by-hop ones. Not to be changed. */
    public HttpHeaders fields() {
        return fields;
    }

    /** Not to be changed. */
    public byte[] content() {
        return content;
    }

    public Freshness freshness() {
        return freshness;
    }

    /** Whether the server can say that it is still valid. */
    public boolean hasValidator() {
        return status == OK
                && (fields.contains(HttpHeaderNames.ETAG) || fields.contains(HttpHeaderNames.LAST_MODIFIED));
    }

    /** Whether the client has it already, as the conditions of its request say (RFC 9110 §13.2.2). */
    public boolean isNotModified(MultiMap request) {
        if (status != OK) {
            return false;
        }
        List<String> tags = request.getAll(HttpHeaderNames.IF_NONE_MATCH);
        if (!tags.isEmpty()) {
            String tag = fields.get(HttpHeaderNames.ETAG);
            EntityTags listed = EntityTags.parse(String.join(",", tags));
            return listed.any() || (tag != null && TAG.matcher(tag).matches() && listed.containsWeak(tag));
        }
        Optional<Instant> since = date(request.getAll(HttpHeaderNames.IF_MODIFIED_SINCE));
        Optional<Instant> modified = date(fields.getAll(HttpHeaderNames.LAST_MODIFIED));
        return since.isPresent() && modified.isPresent() && !modified.get().isAfter(since.get());
    }

    /** Its fields as a 304 changes them. */
    HttpHeaders fieldsAfter(HttpHeaders validation) {
        HttpHeaders merged = copy(fields);
        // They said how old the response was, not how old the validation is.
        merged.remove(HttpHeaderNames.AGE);
        merged.remove(HttpHeaderNames.DATE);
        for (String name : validation.names()) {
            if (!OF_THE_CONTENT.contains(name.toLowerCase(Locale.ROOT))) {
                merged.set(name, validation.getAll(name));
            }
        }
        return merged;
    }

    /** The same with other fields. */
    StoredResponse with(HttpHeaders next, Freshness nextFreshness) {
        return new StoredResponse(status, reason, next, content, nextFreshness);
    }

    /** The memory that it needs, in bytes, about. */
    int size() {
        int size = OVERHEAD_BYTES + content.length;
        for (Map.Entry<String, String> field : fields) {
            size += FIELD_OVERHEAD_BYTES
                    + field.getKey().length()
                    + field.getValue().length();
        }
        return size;
    }

    /** A copy of fields that can be changed. */
    static HttpHeaders copy(Iterable<Map.Entry<String, String>> fields) {
        HttpHeaders copy =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        fields.forEach(field -> copy.add(field.getKey(), field.getValue()));
        return copy;
    }

    private static Optional<Instant> date(List<String> values) {
        return values.size() == 1 ? HttpDate.parse(values.get(0).strip()) : Optional.empty();
    }
}
