package io.ratemesh.converter.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.ratemesh.converter.book.BookView;
import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.http.Query;
import io.ratemesh.model.RateBook;
import io.ratemesh.node.settings.ConverterSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** All open streams. Used on one event loop; the count may be read on any thread. */
public final class StreamHub {

    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(30);

    /** A reader may have a version that this node does not have yet, from a node that got it first; so much newer at most. */
    private static final Duration MAX_AHEAD = Duration.ofMinutes(1);

    /** The time for that version to arrive. After it the version was of the other part of a split cluster, or was made up. */
    private static final Duration AHEAD_TIMEOUT = Duration.ofSeconds(5);

    private static final EncodedEvent RETRY = EventText.retry(2000);
    private static final int MIN_RETRY_MILLIS = 500;
    private static final int MAX_RETRY_MILLIS = 2000;
    private static final int CHECKS_PER_HEARTBEAT = 10;
    private static final long MIN_CHECK_MILLIS = 20;
    private static final long MAX_CHECK_MILLIS = 1000;
    private static final CharSequence EVENT_STREAM = HttpHeaders.createOptimized("text/event-stream");
    private static final CharSequence NO_TRANSFORM = HttpHeaders.createOptimized("no-cache, no-transform");
    private static final CharSequence ACCEL_BUFFERING = HttpHeaders.createOptimized("X-Accel-Buffering");
    private static final CharSequence LAST_EVENT_ID = HttpHeaders.createOptimized("Last-Event-ID");

    /** Its names in the query, for replacements of a browser's EventSource; the first one present counts. */
    private static final List<String> LAST_EVENT_ID_PARAMETERS =
            List.of("lastEventId", "Last-Event-ID", "last-event-id");

    private final Vertx vertx;
    private final ConverterSettings settings;
    private final Clock clock;
    private final ReplayWindow window;
    private final RecentBooks recent;
    private final StreamMeters meters;
    private final long silenceNanos;
    private final Map<PairFilter, FilterGroup> groups = new HashMap<>();
    private final Set<StreamReader> ahead = new LinkedHashSet<>();
    private RateBook book = RateBook.EMPTY;
    private final AtomicInteger open = new AtomicInteger();

    /** Made on the event loop that serves. */
    public StreamHub(Vertx vertx, ConverterSettings settings, Clock clock, MeterRegistry registry) {
        this.vertx = vertx;
        this.settings = settings;
        this.recent = new RecentBooks(vertx);
        this.clock = clock;
        this.window = new ReplayWindow(settings.replay());
        this.meters = new StreamMeters(registry, this::open);
        long heartbeat = settings.heartbeat().toMillis();
        long check = Math.max(MIN_CHECK_MILLIS, Math.min(MAX_CHECK_MILLIS, heartbeat / CHECKS_PER_HEARTBEAT));
        // A heartbeat must not be late by the interval between checks.
        this.silenceNanos = Duration.ofMillis(heartbeat - check).toNanos();
        vertx.setPeriodic(check, ignored -> checkReaders());
    }

    public int open() {
        return open.get();
    }

    public int maxPairs() {
        return settings.maxPairs();
    }

    public void publish(BookView newer) {
        window.add(newer.book());
        book = newer.book();
        int sent = 0;
        for (FilterGroup group : groups.values()) {
            sent += group.advance(book);
        }
        meters.delivered(sent);
        List<StreamReader> reached =
                ahead.stream().filter(reader -> !reader.isAhead()).toList();
        reached.forEach(ahead::remove);
        reached.forEach(this::drained);
    }

    /**
     * Opens a stream, or responds to HEAD with its header fields.
     *
     * @param query its parameters
     * @throws io.ratemesh.converter.http.ProblemException for invalid pairs, or when the limit of streams is reached
     */
    public void open(HttpServerRequest request, Query query) {
        PairFilter filter =
                query.optional("pairs").map(text -> filter(query, text)).orElse(PairFilter.ALL);
        if (open() >= settings.maxSubscribers()) {
            throw Problem.later(
                            ProblemCode.TOO_MANY_STREAMS,
                            open() + " streams are open, the most this node serves; try again")
                    .exception();
        }
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, EVENT_STREAM)
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_TRANSFORM)
                .putHeader(ACCEL_BUFFERING, "no");
        if (HttpMethod.HEAD.equals(request.method())) {
            response.end();
            return;
        }
        if (ResponseSink.isClosed(request)) {
            return;
        }
        response.setChunked(true);
        FilterGroup group = groups.computeIfAbsent(filter, pairs -> new FilterGroup(pairs, window, book));
        start(new ResponseSink(request), response, group, lastEventId(request, query));
    }

    /** The last event id that a client has read; the header field outranks the query. Empty for a new client. */
    private static String lastEventId(HttpServerRequest request, Query query) {
        String field = request.getHeader(LAST_EVENT_ID);
        if (field != null && !field.isEmpty()) {
            return field;
        }
        return LAST_EVENT_ID_PARAMETERS.stream()
                .map(query::optional)
                .flatMap(Optional::stream)
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    /**
     * Fetches the recent books of another converter, and serves them to others from then on. Called once, after the first book.
     *
     * @return completes within a second, successful or not
     */
    public Future<Void> fetchRecentBooks() {
        return recent.fetch().map(books -> {
            books.forEach(window::add);
            recent.serve(window::all);
            return null;
        });
    }

    /** Ends every stream, and spreads the reconnects over a second and a half. */
    public void drain() {
        for (FilterGroup group : List.copyOf(groups.values())) {
            for (StreamReader reader : List.copyOf(group.readers())) {
                reader.end(
                        EventText.retry(ThreadLocalRandom.current().nextInt(MIN_RETRY_MILLIS, MAX_RETRY_MILLIS + 1)));
            }
        }
    }

    private PairFilter filter(Query query, String pairs) {
        return PairFilter.parse(pairs, book, settings.maxPairs()).orElseThrow(() -> query.invalid("pairs"));
    }

    private void start(ResponseSink sink, HttpServerResponse response, FilterGroup group, String lastEventId) {
        OptionalLong known = version(lastEventId).stream()
                .filter(version -> window.at(version).isPresent() || isAhead(version))
                .findAny();
        StreamReader reader = new StreamReader(sink, group, known.orElse(0), System::nanoTime);
        group.readers().add(reader);
        open.incrementAndGet();
        response.exceptionHandler(ignored -> {})
                .closeHandler(ignored -> close(reader))
                .endHandler(ignored -> close(reader));
        sink.begin(RETRY, () -> drained(reader));
        if (reader.isAhead()) {
            ahead.add(reader);
            vertx.setTimer(AHEAD_TIMEOUT.toMillis(), late -> {
                if (ahead.remove(reader)) {
                    resync(reader);
                }
            });
        } else if (known.isPresent()) {
            replay(reader, known.getAsLong());
        } else if (lastEventId.isEmpty()) {
            snapshot(reader);
        } else {
            resync(reader);
        }
    }

    private boolean isAhead(long version) {
        return version > book.version() && version - book.version() <= MAX_AHEAD.toMillis();
    }

    private void resync(StreamReader reader) {
        meters.resynced();
        reader.send(EventText.resync(book.version()));
        snapshot(reader);
    }

    private void snapshot(StreamReader reader) {
        reader.snapshot(reader.group().snapshot(Instant.now(clock)), book.version());
        meters.delivered(1);
    }

    private void replay(StreamReader reader, long known) {
        RateBook before = window.at(known).orElseThrow();
        for (RateBook after : window.after(known)) {
            if (reader.update(reader.group().update(before, after), after.version())) {
                meters.delivered(1);
            }
            before = after;
        }
    }

    private void drained(StreamReader reader) {
        if (reader.catchUp()) {
            meters.conflated();
            meters.delivered(1);
        }
    }

    private void close(StreamReader reader) {
        ahead.remove(reader);
        FilterGroup group = reader.group();
        if (group.readers().remove(reader)) {
            open.decrementAndGet();
            if (group.readers().isEmpty()) {
                groups.remove(group.filter());
            }
        }
    }

    private void checkReaders() {
        for (FilterGroup group : List.copyOf(groups.values())) {
            for (StreamReader reader : List.copyOf(group.readers())) {
                if (reader.detectStall(STALL_TIMEOUT.toNanos())) {
                    meters.stalled();
                    // Removed at once: closing the socket may take long.
                    close(reader);
                    reader.abort();
                } else {
                    reader.heartbeat(silenceNanos);
                }
            }
        }
    }

    private static OptionalLong version(String lastEventId) {
        boolean digits = !lastEventId.isEmpty() && lastEventId.length() <= 18;
        return digits && lastEventId.chars().allMatch(c -> c >= '0' && c <= '9')
                ? OptionalLong.of(Long.parseLong(lastEventId))
                : OptionalLong.empty();
    }
}
