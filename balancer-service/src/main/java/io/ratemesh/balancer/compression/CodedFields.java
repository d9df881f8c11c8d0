package io.ratemesh.balancer.compression;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.ratemesh.assets.Encoding;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;

/** The fields of a response whose content is coded on its way. */
final class CodedFields {

    private static final String ACCEPT_ENCODING = "Accept-Encoding";
    private static final String WEAK = "W/";

    private CodedFields() {}

    /** For content that is coded: it has another length, and its bytes are not those that the entity tag stands for. */
    static void coded(MultiMap fields, Encoding encoding) {
        fields.remove(HttpHeaderNames.CONTENT_LENGTH);
        // A range would be one of the plain content.
        fields.remove(HttpHeaderNames.ACCEPT_RANGES);
        fields.set(HttpHeaderNames.CONTENT_ENCODING, encoding.token());
        weaken(fields);
    }

    /** The response depends on Accept-Encoding, whether or not it is coded for this client. */
    static void vary(MultiMap fields) {
        for (String value : fields.getAll(HttpHeaderNames.VARY)) {
            for (String name : value.split(",", -1)) {
                String bare = name.strip();
                if (bare.equals("*") || bare.equalsIgnoreCase(ACCEPT_ENCODING)) {
                    return;
                }
            }
        }
        fields.add(HttpHeaderNames.VARY, ACCEPT_ENCODING);
    }

    /**
     * For 304: where the client has a coded response, its entity tag is the weak form, and it would not recognize the strong one
     * (RFC 9111 §4.3.4).
     *
     * @param ifNoneMatch of the request
     */
    static void notModified(List<String> ifNoneMatch, MultiMap fields) {
        String tag = fields.get(HttpHeaderNames.ETAG);
        if (tag != null && !isWeak(tag) && ifNoneMatch.stream().anyMatch(value -> value.contains(WEAK + tag))) {
            fields.set(HttpHeaderNames.ETAG, WEAK + tag);
        }
    }

    private static void weaken(MultiMap fields) {
        String tag = fields.get(HttpHeaderNames.ETAG);
        if (tag != null && !isWeak(tag)) {
            fields.set(HttpHeaderNames.ETAG, WEAK + tag);
        }
    }

    private static boolean isWeak(String tag) {
        return tag.toUpperCase(Locale.ROOT).startsWith(WEAK);
    }
}
