package io.ratemesh.balancer.compression;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.ratemesh.assets.Encoding;
import io.ratemesh.node.settings.CompressionSettings;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compression of the responses of one pool on one event loop. */
public final class Compression {

    /** Responses compressed at the same time, whose coders have memory each; further ones are sent as they are. */
    private static final int MAX_UNDER_WAY = 256;

    /** Counts what was compressed. */
    public interface Counts {

        /**
         * A response has ended.
         *
         * @param before bytes from the server
         * @param after bytes for the client
         */
        void compressed(long before, long after);
    }

    private final CompressionSettings settings;
    private final CompressionRule rule;
    private final Counts counts;
    private int underWay;

    /** Also loads the native coders in the background; until then there is only gzip. */
    public Compression(Vertx vertx, CompressionSettings settings, Counts counts) {
        this.settings = settings;
        this.rule = new CompressionRule(settings);
        this.counts = counts;
        vertx.executeBlocking(() -> {
            ContentCoders.load();
            return true;
        });
    }

    /** Whether these are its settings. */
    public boolean has(CompressionSettings other) {
        return settings.equals(other);
    }

    /**
     * Decides for a response before its head is sent.
     *
     * @param head the fields from the server
     * @param length of the content, 0 where there is none, negative where it is unknown
     * @param fields those for the client, which are changed as necessary
     * @return null where the content is sent as it is
     */
    public @Nullable CodedContent start(
            HttpServerRequest request, int status, HttpHeaders head, long length, MultiMap fields) {
        if (length == 0) {
            if (status == HttpResponseStatus.NOT_MODIFIED.code()) {
                CodedFields.notModified(request.headers().getAll(HttpHeaderNames.IF_NONE_MATCH), fields);
            }
            return null;
        }
        if (!rule.allows(request.headers(), status, head, length)) {
            return null;
        }
        CodedFields.vary(fields);
        // A client of HTTP/1.0 would get a response without a length, which cannot be told from one that is cut off.
        if (request.version() == HttpVersion.HTTP_1_0 || underWay >= MAX_UNDER_WAY) {
            return null;
        }
        Optional<Encoding> coding =
                ContentCoders.choose(String.join(",", request.headers().getAll(HttpHeaderNames.ACCEPT_ENCODING)));
        if (coding.isEmpty()) {
            return null;
        }
        CodedContent content = new CodedContent(this, coding.get());
        underWay++;
        CodedFields.coded(fields, coding.get());
        return content;
    }

    void ended(long before, long after) {
        underWay--;
        counts.compressed(before, after);
    }
}
