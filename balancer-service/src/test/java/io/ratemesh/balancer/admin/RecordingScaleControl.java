package io.ratemesh.balancer.admin;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records orders for 2 to 8 converters. */
final class RecordingScaleControl implements ScaleControl {

    final List<String> orders = new CopyOnWriteArrayList<>();
    volatile Optional<String> unavailable = Optional.empty();

    @Override
    public int min() {
        return 2;
    }

    @Override
    public int max() {
        return 8;
    }

    @Override
    public Optional<String> unavailable() {
        return unavailable;
    }

    @Override
    public Future<Void> converters(int count, String by) {
        orders.add(count + " by " + by);
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> auto(boolean on, String by) {
        orders.add("auto " + on + " by " + by);
        return Future.succeededFuture();
    }
}
