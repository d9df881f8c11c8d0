package io.ratemesh.balancer.assets;

import io.ratemesh.assets.Asset;
import io.vertx.core.Future;
import java.util.Optional;

/** The files of other builds of Ratemesh. */
@FunctionalInterface
public interface OtherBuilds {

    /** Finds none. */
    OtherBuilds NONE = path -> Future.succeededFuture(Optional.empty());

    /** Finds a file by the path of a request. Never fails. */
    Future<Optional<Asset>> find(String path);
}
