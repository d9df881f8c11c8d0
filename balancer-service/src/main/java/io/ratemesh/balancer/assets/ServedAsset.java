package io.ratemesh.balancer.assets;

import io.ratemesh.assets.Asset;
import io.ratemesh.assets.Representation;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** An asset with everything made beforehand that sending it needs: buffers and fields, shared by all requests. */
final class ServedAsset {

    /**
     * One way to send it.
     *
     * @param body shared, never written to
     */
    record Sendable(SelectedRepresentation selected, Buffer body) implements ConditionalResponse.Content {

        @Override
        public void send(HttpServerResponse response, long from, long to) {
            response.end(to - from == body.length() ? body : body.slice((int) from, (int) to));
        }
    }

    /** Browsers send a handful of different fields; who sends others each time has them read each time. */
    private static final int MOST_KNOWN = 100;

    private static final int LONGEST_KNOWN = 100;

    private final Asset asset;
    private final Map<Representation, Sendable> sendables = new HashMap<>();
    private final Map<String, Optional<Sendable>> known = new ConcurrentHashMap<>();

    ServedAsset(Asset asset) {
        this.asset = asset;
        asset.representations().forEach(each -> sendables.put(each, sendable(asset, each)));
    }

    private static Sendable sendable(Asset asset, Representation representation) {
        Map<CharSequence, CharSequence> fields = new LinkedHashMap<>();
        asset.headers()
                .forEach((name, value) ->
                        fields.put(HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(value)));
        fields.put(HttpHeaders.ACCEPT_RANGES, HttpHeaders.createOptimized("bytes"));
        fields.put(HttpHeaders.ETAG, HttpHeaders.createOptimized(representation.etag()));
        representation
                .encoding()
                .ifPresent(coding ->
                        fields.put(HttpHeaders.CONTENT_ENCODING, HttpHeaders.createOptimized(coding.token())));
        Buffer body = Buffer.buffer(representation.body());
        return new Sendable(new SelectedRepresentation(fields, representation.etag(), null, body.length()), body);
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
