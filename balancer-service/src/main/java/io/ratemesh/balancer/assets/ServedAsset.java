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

/** An asset with buffers and encoded fields that all requests share. */
final class ServedAsset {

    /**
     * One representation.
     *
     * @param body shared and never modified
     */
    record Sendable(SelectedRepresentation selected, Buffer body) implements ConditionalResponse.Content {

        @Override
        public void send(HttpServerResponse response, long from, long to) {
            response.end(to - from == body.length() ? body : body.slice((int) from, (int) to));
        }
    }

    /** Maximum of cached {@code Accept-Encoding} values; browsers send a handful of different ones. */
    private static final int MAX_CACHED = 100;

    private static final int MAX_CACHED_LENGTH = 100;

    private final Asset asset;
    private final Map<Representation, Sendable> sendables = new HashMap<>();
    private final Map<String, Optional<Sendable>> chosenByField = new ConcurrentHashMap<>();

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

    /** Returns the representation for a client; empty if it accepts none. */
    Optional<Sendable> choose(String acceptEncoding) {
        Optional<Sendable> chosen = chosenByField.get(acceptEncoding);
        if (chosen == null) {
            chosen = asset.choose(acceptEncoding).map(sendables::get);
            if (chosenByField.size() < MAX_CACHED && acceptEncoding.length() < MAX_CACHED_LENGTH) {
                chosenByField.put(acceptEncoding, chosen);
            }
        }
        return chosen;
    }
}
