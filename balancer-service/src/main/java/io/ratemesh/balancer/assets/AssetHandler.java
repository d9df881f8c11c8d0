package io.ratemesh.balancer.assets;

import io.ratemesh.assets.Asset;
import io.ratemesh.assets.AssetCatalog;
import io.ratemesh.assets.Fingerprint;
import io.ratemesh.balancer.assets.ServedAsset.Sendable;
import io.vertx.core.Future;
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
    private final OtherBuilds others;

    /**
     * Serves a catalog.
     *
     * @param others has the files of pages that another build served
     */
    public AssetHandler(AssetCatalog catalog, OtherBuilds others) {
        this.others = others;
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
        return new AssetHandler();
    }

    private AssetHandler() {
        this.others = OtherBuilds.NONE;
    }

    /** Responds to a request, and returns the number of body bytes. Never fails. */
    public Future<Long> handle(HttpServerRequest request) {
        ServedAsset asset = byPath.get(request.path());
        boolean reads =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        if (asset != null && reads) {
            return Future.succeededFuture(send(request, asset));
        }
        if (asset != null) {
            request.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
            return Future.succeededFuture(StatusPage.send(request, METHOD_NOT_ALLOWED, "Method not allowed"));
        }
        return (reads ? others : OtherBuilds.NONE)
                .find(request.path())
                .map(found -> found.map(other -> send(request, new ServedAsset(other)))
                        .orElseGet(() -> StatusPage.send(request, NOT_FOUND, "Not found")));
    }

    private static long send(HttpServerRequest request, ServedAsset asset) {
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

    /** Returns whether there is an asset at a path, or a file of another build may be. */
    public boolean mayHave(String path) {
        return has(path) || Fingerprint.isIn(path);
    }

    /** Returns the paths of all assets. */
    public Set<String> paths() {
        return Set.copyOf(byPath.keySet());
    }
}
