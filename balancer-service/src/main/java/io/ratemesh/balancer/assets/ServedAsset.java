package io.ratemesh.balancer.assets;

import io.ratemesh.assets.Asset;
import io.ratemesh.assets.Representation;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An asset with everything made beforehand that sending it needs: buffers and fields, shared by all requests. */
final class ServedAsset {

    /**
     * One way to send it.
     *
     * @param body shared, never written to
     * @param headers all fields of a full answer but the length
     */
    record Sendable(Buffer body, MultiMap headers, String etag) {}

    private final Asset asset;
    private final Map<Representation, Sendable> sendables = new HashMap<>();

    ServedAsset(Asset asset) {
        this.asset = asset;
        for (Representation representation : asset.representations()) {
            MultiMap headers = HttpHeaders.headers();
            asset.headers().forEach(headers::set);
            headers.set(HttpHeaders.ETAG, representation.etag());
            representation.encoding().ifPresent(coding -> headers.set(HttpHeaders.CONTENT_ENCODING, coding.token()));
            sendables.put(
                    representation, new Sendable(Buffer.buffer(representation.body()), headers, representation.etag()));
        }
    }

    /** What to send to a client that accepts these codings; empty where it accepts none there is. */
    Optional<Sendable> choose(@Nullable String acceptEncoding) {
        return asset.choose(acceptEncoding).map(sendables::get);
    }
}
