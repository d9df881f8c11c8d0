package io.ratemesh.balancer.assets;

import io.ratemesh.assets.Asset;
import io.ratemesh.assets.AssetCatalog;
import io.ratemesh.assets.Fingerprint;
import io.ratemesh.node.cluster.HazelcastSetup;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.AsyncMap;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of all builds in the memory of the cluster, by path, as plain bytes. A page of one build gets its files from balancers of
 * another one, during a rolling upgrade and for a week after it. Only files with the hash of their content in the name are shared,
 * and what is found is compared with its name.
 */
public final class SharedAssets implements OtherBuilds {

    private static final Duration KEPT = Duration.ofDays(7);
    private static final Duration RENEWED = Duration.ofDays(1);

    /** Requests for files that nobody has must not occupy the cluster. */
    private static final int MAX_LOOKUPS = 32;

    private static final Logger LOG = LoggerFactory.getLogger(SharedAssets.class);

    private final Vertx vertx;
    private final AsyncMap<String, byte[]> files;
    private final AtomicInteger lookups = new AtomicInteger();

    private SharedAssets(Vertx vertx, AsyncMap<String, byte[]> files) {
        this.vertx = vertx;
        this.files = files;
    }

    /** Opens the shared map. */
    public static Future<SharedAssets> open(Vertx vertx) {
        return vertx.sharedData()
                .<String, byte[]>getClusterWideMap(HazelcastSetup.ASSETS_MAP)
                .map(files -> new SharedAssets(vertx, files));
    }

    /**
     * Shares the files of this build, now and once a day.
     *
     * @return completes when all are shared for the first time
     */
    public Future<Void> share(AssetCatalog catalog) {
        vertx.setPeriodic(RENEWED.toMillis(), ignored -> put(catalog));
        return put(catalog);
    }

    private Future<Void> put(AssetCatalog catalog) {
        return Future.all(catalog.all().stream()
                        .filter(Asset::immutable)
                        .map(asset -> files.put(asset.path(), asset.identity().body(), KEPT.toMillis()))
                        .toList())
                .<Void>mapEmpty()
                .onFailure(cause -> LOG.warn(
                        "the files of the page are not shared with balancers of other builds: {}", cause.getMessage()));
    }

    @Override
    public Future<Optional<Asset>> find(String path) {
        if (!Fingerprint.isIn(path)) {
            return Future.succeededFuture(Optional.empty());
        }
        if (lookups.incrementAndGet() > MAX_LOOKUPS) {
            lookups.decrementAndGet();
            return Future.succeededFuture(Optional.empty());
        }
        return files.get(path)
                .map(content -> Optional.ofNullable(content).flatMap(found -> Asset.ofOtherBuild(path, found)))
                .otherwise(Optional.empty())
                .onComplete(ignored -> lookups.decrementAndGet());
    }
}
