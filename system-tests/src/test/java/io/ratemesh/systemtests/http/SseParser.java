package io.ratemesh.systemtests.http;

import java.time.Duration;
import java.util.Optional;

/** The lines of an event stream, as the HTML standard reads them. Lives over reconnections, for the last id does. */
final class SseParser {

    private String lastEventId = "";
    private Duration retry = Duration.ofSeconds(3);
    private String type = "";
    private StringBuilder data = new StringBuilder();
    private int comments;

    /** Takes a line; an empty one may end an event. */
    Optional<SseEvent> line(String line, long nowNanos) {
        if (line.isEmpty()) {
            return dispatch(nowNanos);
        }
        int colon = line.indexOf(':');
        if (colon == 0) {
            comments++;
            return Optional.empty();
        }
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        field(field, value.startsWith(" ") ? value.substring(1) : value);
        return Optional.empty();
    }

    /** The connection ended: what was not complete is dropped. */
    void interrupted() {
        type = "";
        data = new StringBuilder();
    }

    String lastEventId() {
        return lastEventId;
    }

    Duration retry() {
        return retry;
    }

    int comments() {
        return comments;
    }

    private void field(String field, String value) {
        switch (field) {
            case "id" -> lastEventId = value;
            case "event" -> type = value;
            case "data" -> data.append(value).append('\n');
            case "retry" -> retry = Duration.ofMillis(Long.parseLong(value));
            default -> throw new IllegalStateException("a field that no event stream has: " + field);
        }
    }

    private Optional<SseEvent> dispatch(long nowNanos) {
        if (data.length() == 0) {
            type = "";
            return Optional.empty();
        }
        SseEvent event = new SseEvent(
                lastEventId, type.isEmpty() ? "message" : type, data.substring(0, data.length() - 1), nowNanos);
        interrupted();
        return Optional.of(event);
    }
}
