package io.ratemesh.balancer.assets;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.nio.file.Path;
import java.util.function.ObjLongConsumer;

/**
 * Serves the files of a folder and leaves what is not among them to others, as nginx's {@code try_files} does: ranges,
 * {@code index.html} for a folder, conditions by time. Files whose name begins with a dot are not there. One event loop owns it.
 */
public final class AssetFolder {

    /** A file may change at any time; who has it asks whether it did. */
    private static final long MAX_AGE_SECONDS = 0;

    private final Router router;

    /**
     * Serves a folder.
     *
     * @param served told of each answer that was a file's, and when its request came, in nanoseconds
     * @param elsewhere who answers what is no file
     */
    public AssetFolder(
            Vertx vertx, Path folder, ObjLongConsumer<HttpServerRequest> served, Handler<HttpServerRequest> elsewhere) {
        router = Router.router(vertx);
        router.route().handler(ask -> {
            long beganNanos = System.nanoTime();
            ask.response().endHandler(ignored -> served.accept(ask.request(), beganNanos));
            ask.next();
        });
        router.route()
                .handler(StaticHandler.create(
                                FileSystemAccess.ROOT, folder.toAbsolutePath().toString())
                        .setIncludeHidden(false)
                        .setMaxAgeSeconds(MAX_AGE_SECONDS)
                        .setCachingEnabled(true));
        router.route().handler(ask -> {
            ask.response().endHandler(null);
            elsewhere.handle(ask.request());
        });
    }

    /** Answers a request, or hands it on. */
    public void handle(HttpServerRequest request) {
        router.handle(request);
    }
}
