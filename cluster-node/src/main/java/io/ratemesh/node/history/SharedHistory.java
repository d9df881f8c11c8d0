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
 * The days that were learnt since the bundled ones and the minutes of the last two days, on the cluster: one entry of
 * the shared cache for all days and one for each hour, and the same bytes on the event bus. An entry is never replaced,
 * only added to, so that two leaders lose nothing of each other's. All of it can be made again: the days come from the
 * feeds, the minutes from the disk of a rates node, or in two days.
 */
public final class SharedHistory {

    /** Where the days are published when there are more. */
    public static final String DAYS_ADDRESS = "rates.days";

    /** Where an hour is published, whole, when it has more minutes. */
    public static final String MINUTES_ADDRESS = "rates.minutes";

    /** Far more hours than ever lie there: to forget is not to search for long. */
    private static final int MAX_FORGOTTEN = 100;

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

    /** Reads the days from the cache; none where there are none yet, or none that this release can read. */
    public Future<RateHistory> readDays() {
        return cache.get(HazelcastSetup.LEARNT_DAYS)
                .map(stored -> SharedEntry.DAYS.decode(stored).orElse(RateHistory.EMPTY));
    }

    /**
     * Adds days to the stored ones, then publishes all of them. Of a day that is stored already the one given counts: it
     * has been put right.
     */
    public Future<Void> publishDays(RateHistory learnt) {
        return publish(HazelcastSetup.LEARNT_DAYS, learnt, SharedEntry.DAYS, DAYS_ADDRESS);
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

    /** Reads one hour from the cache; empty where it is not there, or this release cannot read it. */
    public Future<Optional<HourOfMinutes>> readHour(long epochHour) {
        return cache.get(key(epochHour)).map(SharedEntry.HOUR::decode);
    }

    /** Adds an hour's points to the stored ones, then publishes all of them. A minute that is stored already stays. */
    public Future<Void> publishHour(HourOfMinutes hour) {
        return publish(key(hour.epochHour()), hour, SharedEntry.HOUR, MINUTES_ADDRESS);
    }

    /** Removes the hours before from the cache. */
    public Future<Void> forgetBefore(long epochHour) {
        return cache.keys()
                .compose(keys -> Future.all(keys.stream()
                        .filter(key -> !HazelcastSetup.LEARNT_DAYS.equals(key) && Long.parseLong(key) < epochHour)
                        .limit(MAX_FORGOTTEN)
                        .map(cache::remove)
                        .toList()))
                .mapEmpty();
    }

    /**
     * Calls back with all days, each time that there are more.
     *
     * @return completes when every node of the cluster knows of the subscription
     */
    public Future<Void> subscribeDays(Consumer<RateHistory> reader) {
        return subscribe(DAYS_ADDRESS, SharedEntry.DAYS, reader);
    }

    /**
     * Calls back with an hour, each time that it has more minutes.
     *
     * @return completes when every node of the cluster knows of the subscription
     */
    public Future<Void> subscribeMinutes(Consumer<HourOfMinutes> reader) {
        return subscribe(MINUTES_ADDRESS, SharedEntry.HOUR, reader);
    }

    private <T> Future<Void> publish(String key, T news, SharedEntry<T> form, String address) {
        return cache.get(key).compose(stored -> {
            byte[] all = form.encode(
                    form.decode(stored).map(known -> form.both(known, news)).orElse(news));
            return replace(key, stored, all).compose(replaced -> {
                if (!replaced) {
                    return publish(key, news, form, address);
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
