package io.ratemesh.converter.stream;

import io.ratemesh.converter.json.JsonText;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Writes server-sent events (WHATWG HTML §9.2). */
final class EventText {

    /** A comment, which keeps the connection open. */
    static final EncodedEvent HEARTBEAT = EncodedEvent.of(":\n\n");

    private EventText() {}

    /** The time after which a reader reconnects. */
    static EncodedEvent retry(long millis) {
        return EncodedEvent.of("retry: " + millis + "\n\n");
    }

    /** Updates are missing: the reader must drop what it has. */
    static EncodedEvent resync(long version) {
        return EncodedEvent.of("event: resync\ndata: {\"version\":" + version + "}\n\n");
    }

    static EncodedEvent snapshot(long version, SortedMap<String, Optional<PairState>> rates) {
        return event("snapshot", version, rates);
    }

    static EncodedEvent rates(long version, SortedMap<String, Optional<PairState>> rates) {
        return event("rates", version, rates);
    }

    private static EncodedEvent event(String name, long version, SortedMap<String, Optional<PairState>> rates) {
        StringBuilder text = new StringBuilder(128 + 128 * rates.size());
        text.append("id: ").append(version).append("\nevent: ").append(name);
        text.append("\ndata: {\"version\":").append(version).append(",\"rates\":{");
        String comma = "";
        for (Map.Entry<String, Optional<PairState>> rate : rates.entrySet()) {
            JsonText.quote(text.append(comma), rate.getKey()).append(':');
            rate.getValue().ifPresentOrElse(state -> state.appendTo(text), () -> text.append("null"));
            comma = ",";
        }
        return EncodedEvent.of(text.append("}}\n\n").toString());
    }
}
