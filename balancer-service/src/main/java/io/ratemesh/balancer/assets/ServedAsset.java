package io.ratemesh.balancer.assets;

import io.ratemesh.assets.Asset;
import io.ratemesh.assets.Representation;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** An asset with everything made beforehand that sending it needs: buffers and fields, shared by all requests. */
final class ServedAsset {

    /**
     * One way to send it.
     *
     * @param body shared, never written to
     * @param headers all fields of a full answer but the length
     */
    record Sendable(Buffer body, MultiMap headers, String etag) {}

    /** Browsers send a handful of different fields; who sends others each time has them read each time. */
    private static final int MOST_KNOWN = 100;

    private static final int LONGEST_KNOWN = 100;

    private final Asset asset;
    private final Map<Representation, Sendable> sendables = new HashMap<>();
    private final Map<String, Optional<Sendable>> known = new ConcurrentHashMap<>();

    ServedAsset(Asset asset) {
        this.asset = asset;
        for (Representation representation : asset.representations()) {
            MultiMap headers = HttpHeaders.headers();
            asset.headers().forEach(headers::set);
            headers.set(HttpHeaders.ACCEPT_RANGES, "bytes");
            headers.set(HttpHeaders.ETAG, representation.etag());
            representation.encoding().ifPresent(coding -> headers.set(HttpHeaders.CONTENT_ENCODING, coding.token()));
            sendables.put(
                    representation, new Sendable(Buffer.buffer(representation.body()), headers, representation.etag()));
        }
    }

    /** What to send to a client that accepts these codings; empty where it accepts none there is. */
    Optional<Sendable> choose(String acceptEncoding) {
        Optional<Sendable> chosen = known.get(acceptEncoding);
        if (chosen == null) {
            chosen = asset.choose(acceptEncoding).map(sendables::get);
            if (known.size() < MOST_KNOWN && acceptEncoding.length() < LONGEST_KNOWN) {
                known.put(acceptEncoding, chosen);
            }
        }
        return chosen;
    }
}
