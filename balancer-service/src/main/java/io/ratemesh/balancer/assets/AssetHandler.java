package io.ratemesh.balancer.assets;

import io.ratemesh.assets.Asset;
import io.ratemesh.assets.AssetCatalog;
import io.ratemesh.balancer.assets.ServedAsset.Sendable;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Serves the UI from memory, so that the page loads even if all converters are down. All event loops share it.
 */
public final class AssetHandler {

    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int NOT_ACCEPTABLE = 406;

    private final Map<String, ServedAsset> byPath = new HashMap<>();

    public AssetHandler(AssetCatalog catalog) {
        for (Asset asset : catalog.all()) {
            ServedAsset served = new ServedAsset(asset);
            byPath.put(asset.path(), served);
            if (asset.path().endsWith("/index.html")) {
                byPath.put(asset.path().substring(0, asset.path().length() - "index.html".length()), served);
            }
        }
    }

    /** Returns a handler without assets, which responds 404 to everything. */
    public static AssetHandler none() {
        return new AssetHandler(Map.of());
    }

    private AssetHandler(Map<String, ServedAsset> byPath) {
        this.byPath.putAll(byPath);
    }

    /** Responds to a request, and returns the number of body bytes. */
    public long handle(HttpServerRequest request) {
        ServedAsset asset = byPath.get(request.path());
        if (asset == null) {
            return StatusPage.send(request, NOT_FOUND, "Not found");
        }
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            request.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
            return StatusPage.send(request, METHOD_NOT_ALLOWED, "Method not allowed");
        }
        Optional<Sendable> chosen =
                asset.choose(String.join(",", request.headers().getAll(HttpHeaders.ACCEPT_ENCODING)));
        return chosen.isPresent()
                ? ConditionalResponse.send(request, chosen.get().selected(), chosen.get())
                : StatusPage.send(request, NOT_ACCEPTABLE, "Not acceptable");
    }

    /** Returns whether there is an asset at a path. */
    public boolean has(String path) {
        return byPath.containsKey(path);
    }

    /** Returns the paths of all assets. */
    public Set<String> paths() {
        return Set.copyOf(byPath.keySet());
    }
}
