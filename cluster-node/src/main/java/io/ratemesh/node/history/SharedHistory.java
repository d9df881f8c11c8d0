package io.ratemesh.node.history;

import io.ratemesh.model.history.HourOfMinutes;
import io.ratemesh.model.history.MinutePoints;
import io.ratemesh.model.history.RateHistory;
import io.ratemesh.node.cluster.HazelcastSetup;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.shareddata.AsyncMap;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The days after the bundled history and the minutes of the last two days, in the cluster: one entry of the shared cache for
 * all days and one for each hour, and the same bytes on the event bus. Entries are merged, never replaced, so two leaders do not
 * lose each other's data. All of it can be restored: the days from the feeds, the minutes from the disk of a rates node.
 */
public final class SharedHistory {

    /** The event-bus address of the days. */
    public static final String DAYS_ADDRESS = "rates.days";

    /** The event-bus address of the hours. */
    public static final String MINUTES_ADDRESS = "rates.minutes";

    /** Limits the work of one call; the cache never has so many old hours. */
    private static final int MAX_REMOVED = 100;

    private final Vertx vertx;
    private final AsyncMap<String, byte[]> cache;

    private SharedHistory(Vertx vertx, AsyncMap<String, byte[]> cache) {
        this.vertx = vertx;
        this.cache = cache;
    }

    /** Opens the shared cache. */
    public static Future<SharedHistory> open(Vertx vertx) {
        return vertx.sharedData()
                .<String, byte[]>getClusterWideMap(HazelcastSetup.HISTORY_MAP)
                .map(cache -> new SharedHistory(vertx, cache));
    }

    /** Reads the days from the cache; no days if there are none that this release can read. */
    public Future<RateHistory> readDays() {
        return cache.get(HazelcastSetup.DAYS)
                .map(stored -> SharedEntry.DAYS.decode(stored).orElse(RateHistory.EMPTY));
    }

    /** Adds days to the stored ones, then publishes all of them. A given day replaces a stored one, which it corrects. */
    public Future<Void> publishDays(RateHistory learnt) {
        return publish(HazelcastSetup.DAYS, learnt, SharedEntry.DAYS, DAYS_ADDRESS);
    }

    /** Reads the minutes of the last 48 hours and of the current one from the cache. */
    public Future<MinutePoints> readMinutes(Instant now) {
        long current = HourOfMinutes.epochHour(now);
        List<Future<Optional<HourOfMinutes>>> hours = LongStream.rangeClosed(
                        current - MinutePoints.WHOLE_HOURS, current)
                .mapToObj(this::readHour)
                .toList();
        return Future.all(hours).map(read -> {
            MinutePoints points = MinutePoints.EMPTY;
            for (Future<Optional<HourOfMinutes>> hour : hours) {
                points = hour.result().map(points::plus).orElse(points);
            }
            return points;
        });
    }

    /** Reads one hour from the cache; empty if there is none that this release can read. */
    public Future<Optional<HourOfMinutes>> readHour(long epochHour) {
        return cache.get(key(epochHour)).map(SharedEntry.HOUR::decode);
    }

    /** Adds points to the stored hour, then publishes all of it. A stored minute is kept. */
    public Future<Void> publishHour(HourOfMinutes hour) {
        return publish(key(hour.epochHour()), hour, SharedEntry.HOUR, MINUTES_ADDRESS);
    }

    /** Removes the hours before {@code epochHour} from the cache. */
    public Future<Void> removeBefore(long epochHour) {
        return cache.keys()
                .compose(keys -> Future.all(keys.stream()
                        .filter(key -> !HazelcastSetup.DAYS.equals(key) && Long.parseLong(key) < epochHour)
                        .limit(MAX_REMOVED)
                        .map(cache::remove)
                        .toList()))
                .mapEmpty();
    }

    /**
     * Calls {@code reader} with all days each time some are added.
     *
     * @return completes when every node of the cluster knows the subscription
     */
    public Future<Void> subscribeDays(Consumer<RateHistory> reader) {
        return subscribe(DAYS_ADDRESS, SharedEntry.DAYS, reader);
    }

    /**
     * Calls {@code reader} with an hour each time minutes are added to it.
     *
     * @return completes when every node of the cluster knows the subscription
     */
    public Future<Void> subscribeMinutes(Consumer<HourOfMinutes> reader) {
        return subscribe(MINUTES_ADDRESS, SharedEntry.HOUR, reader);
    }

    private <T> Future<Void> publish(String key, T added, SharedEntry<T> form, String address) {
        return cache.get(key).compose(stored -> {
            byte[] all = form.encode(
                    form.decode(stored).map(known -> form.merge(known, added)).orElse(added));
            return replace(key, stored, all).compose(replaced -> {
                if (!replaced) {
                    return publish(key, added, form, address);
                }
                vertx.eventBus().publish(address, all);
                return Future.succeededFuture();
            });
        });
    }

    private Future<Boolean> replace(String key, byte @Nullable [] stored, byte[] bytes) {
        return stored == null
                ? cache.putIfAbsent(key, bytes).map(before -> before == null)
                : cache.replaceIfPresent(key, stored, bytes);
    }

    private <T> Future<Void> subscribe(String address, SharedEntry<T> form, Consumer<T> reader) {
        MessageConsumer<Object> consumer = vertx.eventBus().consumer(address);
        consumer.handler(message -> form.decode(message.body()).ifPresent(reader));
        return consumer.completion();
    }

    private static String key(long epochHour) {
        return Long.toString(epochHour);
    }
}
