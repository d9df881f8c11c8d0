package io.ratemesh.converter.stream;

import io.ratemesh.converter.json.JsonText;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Events as text (WHATWG HTML §9.2, server-sent events). */
final class EventText {

    /** A comment: keeps the connection alive, and no reader sees it. */
    static final EncodedEvent HEARTBEAT = EncodedEvent.of(":\n\n");

    private EventText() {}

    /** How long a reader waits before it comes back. */
    static EncodedEvent retry(long millis) {
        return EncodedEvent.of("retry: " + millis + "\n\n");
    }

    /** A reader that cannot be told what it missed has to forget what it knows. */
    static EncodedEvent resync(long version) {
        return EncodedEvent.of("event: resync\ndata: {\"version\":" + version + "}\n\n");
    }

    /** All that a reader wants. */
    static EncodedEvent snapshot(long version, SortedMap<String, Optional<PairState>> rates) {
        return event("snapshot", version, rates);
    }

    /** What changed. */
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
