package io.ratemesh.benchmarks.chaos;

import io.ratemesh.benchmarks.chaos.Violations.Kind;
import java.util.Map;

/** What one reader of a stream has received, checked event by event. Used by one thread at a time. */
final class ReaderState {

    private final String selection;
    private final ReceivedBooks books;
    private Map<String, String> rates = Map.of();
    private long version;
    private boolean resynced;
    private boolean receivedInSplit;

    /** A reader of pairs, as in the query; {@link ReceivedBooks#ALL} for all. */
    ReaderState(String selection, ReceivedBooks books) {
        this.selection = selection;
        this.books = books;
    }

    /** The value for {@code Last-Event-ID}; empty before the first event. */
    String lastEventId() {
        return version == 0 ? "" : String.valueOf(version);
    }

    /**
     * An event.
     *
     * @param id its id; that of the event before if it has none
     */
    void event(String type, long id, String data) {
        switch (type) {
            case "resync" -> resync();
            case "snapshot" -> {
                if (version > 0 && !resynced) {
                    resync();
                }
                violation(Kind.BACKWARDS, id < version, id);
                rates = books.snapshot(selection, id, data);
                resynced = false;
                advance(id);
            }
            case "rates" -> {
                violation(Kind.DOUBLED, id == version, id);
                violation(Kind.BACKWARDS, id < version, id);
                rates = books.update(selection, version, rates, id, data);
                if (!receivedInSplit && !books.isSplit() && id > version) {
                    books.step(selection, version, id);
                }
                advance(id);
            }
            default -> throw new IllegalStateException("an unknown event: " + type);
        }
    }

    private void resync() {
        resynced = true;
        books.violations()
                .add(
                        Kind.RESYNCED,
                        books.isSplit() || receivedInSplit ? 0 : 1,
                        "a reader of \"" + selection + "\" that had " + version);
    }

    private void advance(long id) {
        version = Math.max(version, id);
        receivedInSplit = books.isSplit();
    }

    private void violation(Kind kind, boolean occurred, long id) {
        books.violations()
                .add(kind, occurred ? 1 : 0, "a reader of \"" + selection + "\" got " + id + " after " + version);
    }
}
