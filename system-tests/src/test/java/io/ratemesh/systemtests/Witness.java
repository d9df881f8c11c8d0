package io.ratemesh.systemtests;

import io.ratemesh.systemtests.feed.Almanac;
import io.ratemesh.systemtests.http.ApiClient;
import io.ratemesh.systemtests.http.SseEvent;
import io.ratemesh.systemtests.http.SseReader;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Watches a converter without a break: every rate of every book by a stream, and one conversion after the other. What
 * was never true is a wrong rate; so is a currency that has lost its rate.
 */
final class Witness implements AutoCloseable {

    private static final long PAUSE_MILLIS = 10;

    private final ApiClient converter;
    private final Almanac almanac;
    private final List<String> currencies;
    private final SseReader stream;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong requests = new AtomicLong();
    private final Set<String> succeeded = ConcurrentHashMap.newKeySet();
    private final List<String> wrongConversions = new CopyOnWriteArrayList<>();

    /**
     * Begins to watch.
     *
     * @param currencies what is converted to, from the euro
     */
    Witness(ApiClient converter, Almanac almanac, Set<String> currencies) {
        this.converter = converter;
        this.almanac = almanac;
        this.currencies = List.copyOf(currencies);
        stream = SseReader.open(converter.uri("/api/v1/stream"));
        Thread thread = new Thread(this::watch, "witness");
        thread.setDaemon(true);
        thread.start();
    }

    /** Every wrong rate that a client could have received. */
    List<String> wrong() {
        List<String> wrong = new ArrayList<>(wrongConversions);
        for (SseEvent event : stream.events()) {
            JsonObject rates = event.json().getJsonObject("rates");
            for (String pair : rates.fieldNames()) {
                String rate = rates.getJsonObject(pair).getString("rate");
                if (!almanac.knows(pair.substring("EUR/".length()), new BigDecimal(rate))) {
                    wrong.add("book " + event.version() + ": " + pair + " " + rates.getJsonObject(pair));
                }
            }
        }
        return wrong;
    }

    /** Every book that was seen. */
    List<SseEvent> books() {
        return stream.events();
    }

    /** How often the stream had to be opened. */
    int connections() {
        return stream.connections().size();
    }

    long conversions() {
        return requests.get();
    }

    @Override
    public void close() {
        closed.countDown();
        stream.close();
    }

    private void watch() {
        try {
            do {
                convert();
            } while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void convert() {
        String currency = currencies.get((int) (requests.getAndIncrement() % currencies.size()));
        try {
            HttpResponse<String> response = converter.get("/api/v1/convert?from=EUR&to=" + currency + "&amount=1");
            if (response.statusCode() == 200) {
                succeeded.add(currency);
                String rate = new JsonObject(response.body()).getString("rate");
                if (!almanac.knows(currency, new BigDecimal(rate))) {
                    wrongConversions.add("conversion: " + response.body());
                }
            } else if (succeeded.contains(currency)) {
                wrongConversions.add("no conversion to " + currency + ": " + response.body());
            }
        } catch (RuntimeException e) {
            if (closed.getCount() > 0) {
                wrongConversions.add("no conversion to " + currency + ": " + e);
            }
        }
    }
}
