package io.ratemesh.systemtests.http;

import io.vertx.core.json.JsonObject;

/**
 * One event of a stream.
 *
 * @param id the last id the stream gave, empty for none
 * @param type as {@code snapshot}
 * @param data as it came
 * @param receivedNanos when it was complete, by {@link System#nanoTime()}
 */
public record SseEvent(String id, String type, String data, long receivedNanos) {

    public long version() {
        return Long.parseLong(id);
    }

    public JsonObject json() {
        return new JsonObject(data);
    }

    /** The rate of a pair, as {@code EUR/USD}. */
    public String rate(String pair) {
        return json().getJsonObject("rates").getJsonObject(pair).getString("rate");
    }
}
