package io.ratemesh.balancer.assets;

import io.ratemesh.assets.Asset;
import io.ratemesh.assets.AssetCatalog;
import io.ratemesh.assets.PageHeaders;
import io.ratemesh.balancer.assets.ServedAsset.Sendable;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Serves the UI from memory: the page loads even when every converter is down. Made once, shared by all event loops.
 */
public final class AssetHandler {

    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int NOT_MODIFIED = 304;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int NOT_ACCEPTABLE = 406;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final CharSequence RANGE = HttpHeaders.createOptimized("Range");
    private static final CharSequence IF_RANGE = HttpHeaders.createOptimized("If-Range");

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

    /** A handler without any asset: everything is not found. */
    public static AssetHandler none() {
        return new AssetHandler(Map.of());
    }

    private AssetHandler(Map<String, ServedAsset> byPath) {
        this.byPath.putAll(byPath);
    }

    /** Answers a request; returns the bytes of the body. */
    public int handle(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        boolean head = request.method().equals(HttpMethod.HEAD);
        if (!head && !request.method().equals(HttpMethod.GET)) {
            response.putHeader(HttpHeaders.ALLOW, "GET, HEAD");
            return explain(response, METHOD_NOT_ALLOWED, "Method not allowed");
        }
        ServedAsset asset = byPath.get(request.path());
        if (asset == null) {
            return explain(response, NOT_FOUND, "Not found");
        }
        Optional<Sendable> chosen =
                asset.choose(String.join(",", request.headers().getAll(HttpHeaders.ACCEPT_ENCODING)));
        if (chosen.isEmpty()) {
            return explain(response, NOT_ACCEPTABLE, "Not acceptable");
        }
        Sendable sendable = chosen.get();
        response.headers().setAll(sendable.headers());
        String condition = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        if (condition != null && matches(condition, sendable.etag())) {
            response.setStatusCode(NOT_MODIFIED).end();
            return 0;
        }
        Optional<ByteRange> range = head ? Optional.empty() : range(request, sendable);
        return range.isPresent() ? send(response, sendable, range.get()) : send(response, sendable, head);
    }

    /** Whether there is an asset at a path. */
    public boolean has(String path) {
        return byPath.containsKey(path);
    }

    /** The paths of all assets. */
    public Set<String> paths() {
        return Set.copyOf(byPath.keySet());
    }

    /** What part is asked for; empty for all, as for a part of something that has changed since. */
    private static Optional<ByteRange> range(HttpServerRequest request, Sendable sendable) {
        String field = request.getHeader(RANGE);
        String unchanged = request.getHeader(IF_RANGE);
        if (field == null || (unchanged != null && !unchanged.equals(sendable.etag()))) {
            return Optional.empty();
        }
        return ByteRange.parse(field, sendable.body().length());
    }

    private static int send(HttpServerResponse response, Sendable sendable, ByteRange range) {
        response.putHeader(
                HttpHeaders.CONTENT_RANGE, range.written(sendable.body().length()));
        if (!range.satisfiable()) {
            response.setStatusCode(RANGE_NOT_SATISFIABLE).end();
            return 0;
        }
        response.setStatusCode(PARTIAL).end(sendable.body().slice(range.from(), range.to()));
        return range.to() - range.from();
    }

    private static int send(HttpServerResponse response, Sendable sendable, boolean head) {
        response.setStatusCode(OK);
        if (head) {
            response.putHeader(
                    HttpHeaders.CONTENT_LENGTH, String.valueOf(sendable.body().length()));
            response.end();
            return 0;
        }
        response.end(sendable.body());
        return sendable.body().length();
    }

    /** Weak comparison, as RFC 9110 §13.1.2 asks for. */
    private static boolean matches(String ifNoneMatch, String etag) {
        for (String given : ifNoneMatch.split(",", -1)) {
            String tag = given.strip();
            if (tag.equals("*")
                    || tag.equals(etag)
                    || (tag.startsWith("W/") && tag.substring(2).equals(etag))) {
                return true;
            }
        }
        return false;
    }

    private static int explain(HttpServerResponse response, int status, String title) {
        String page = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>" + title + "</title><h1>"
                + title + "</h1><p><a href=\"/\">Ratemesh</a></p></html>\n";
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8");
        PageHeaders.page().forEach(response::putHeader);
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.end(page);
        return page.length();
    }
}
