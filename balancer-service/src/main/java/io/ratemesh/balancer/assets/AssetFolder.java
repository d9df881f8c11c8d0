package io.ratemesh.balancer.assets;

import io.ratemesh.balancer.assets.FolderListener.End;
import io.ratemesh.balancer.assets.FolderLookup.Found;
import io.ratemesh.balancer.http.HttpDate;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.MimeMapping;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the files of a folder and passes other requests on, like nginx's {@code try_files}. Each request reads the disk, on worker
 * threads, so that changes are visible at once and nothing is cached. One event loop owns it.
 */
public final class AssetFolder {

    private static final Logger LOG = LoggerFactory.getLogger(AssetFolder.class);

    /** Files may change at any time, so caches must revalidate. */
    private static final String CACHE_CONTROL = "no-cache";

    /** A pool of its own, so that a slow disk delays nothing but files. */
    private static final String THREADS_NAME = "static-files";

    private static final int THREADS = 8;

    private static final int MOVED_PERMANENTLY = 301;
    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;

    private final Vertx vertx;
    private final FolderLookup lookup;
    private final WorkerExecutor disk;
    private final FolderListener log;
    private final Handler<HttpServerRequest> fallback;

    /**
     * Serves a folder.
     *
     * @param fallback handles requests that match no file; it must resume the request if there is a body
     */
    public AssetFolder(Vertx vertx, Path folder, FolderListener log, Handler<HttpServerRequest> fallback) {
        this.vertx = vertx;
        this.lookup = new FolderLookup(folder.toAbsolutePath());
        this.disk = vertx.createSharedWorkerExecutor(THREADS_NAME, THREADS);
        this.log = log;
        this.fallback = fallback;
    }

    /** Responds to a request, or passes it to the fallback. */
    public void handle(HttpServerRequest request) {
        String path = request.path();
        boolean readOnly =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        Optional<FolderPath> folderPath = readOnly && path != null ? FolderPath.of(path) : Optional.empty();
        if (folderPath.isEmpty()) {
            fallback.handle(request);
            return;
        }
        long startNanos = System.nanoTime();
        if (hasBody(request)) {
            request.pause();
        }
        disk.executeBlocking(() -> lookup.find(folderPath.get()), false).onComplete(lookedUp -> {
            if (lookedUp.succeeded()) {
                respond(request, startNanos, lookedUp.result());
            } else {
                LOG.warn("a file cannot be read: {}", String.valueOf(lookedUp.cause()));
                respond(request, startNanos, new Found.Unreadable());
            }
        });
    }

    private void respond(HttpServerRequest request, long startNanos, Found found) {
        HttpServerResponse response = request.response();
        Optional<FileContent> content = found instanceof Found.File file
                ? Optional.of(new FileContent(vertx, disk, file.file()))
                : Optional.empty();
        if (response.closed()) {
            content.ifPresent(FileContent::discard);
            log.ended(request, startNanos, End.CLIENT_ABORT);
            return;
        }
        if (found instanceof Found.Nothing) {
            fallback.handle(request);
            return;
        }
        response.endHandler(ignored -> log.ended(request, startNanos, end(response, content)));
        if (!request.isEnded()) {
            request.resume();
        }
        if (found instanceof Found.File file && content.isPresent()) {
            ConditionalResponse.send(request, selected(file), content.get());
        } else if (found instanceof Found.Folder) {
            redirect(request);
        } else if (found instanceof Found.Forbidden) {
            StatusPage.send(request, FORBIDDEN, "Forbidden");
        } else {
            StatusPage.send(request, UNAVAILABLE, "Service unavailable");
        }
    }

    private static End end(HttpServerResponse response, Optional<FileContent> content) {
        if (response.ended()) {
            return End.COMPLETE;
        }
        return content.isPresent() && content.get().hasFailed() ? End.FAILED : End.CLIENT_ABORT;
    }

    private static SelectedRepresentation selected(Found.File found) {
        Instant now = Instant.now();
        FileVersion version = found.file().version();
        Instant modified = version.lastModified(now);
        String etag = version.etag(now);
        Map<CharSequence, CharSequence> fields = new LinkedHashMap<>();
        fields.put(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL);
        fields.put(HttpHeaders.ACCEPT_RANGES, "bytes");
        fields.put(HttpHeaders.ETAG, etag);
        fields.put(HttpHeaders.LAST_MODIFIED, HttpDate.format(modified));
        String type = MimeMapping.mimeTypeForFilename(found.name());
        if (type != null) {
            fields.put(HttpHeaders.CONTENT_TYPE, type.startsWith("text/") ? type + "; charset=utf-8" : type);
        }
        return new SelectedRepresentation(fields, etag, modified, version.size());
    }

    /** Redirects to the path with a slash, so that relative links of the page work. Removes leading slashes that would name a host. */
    private static void redirect(HttpServerRequest request) {
        String target = request.uri();
        int query = target.indexOf('?');
        String path = "/" + request.path().replaceFirst("^/+", "") + "/";
        request.response()
                .setStatusCode(MOVED_PERMANENTLY)
                .putHeader(HttpHeaders.LOCATION, query < 0 ? path : path + target.substring(query))
                .putHeader(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL)
                .putHeader(HttpHeaders.DATE, HttpDate.now())
                .putHeader(HttpHeaders.CONTENT_LENGTH, "0")
                .end();
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    }
}
