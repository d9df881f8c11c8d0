package io.ratemesh.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.model.RateBook;
import io.ratemesh.model.RateBookCodec;
import io.ratemesh.systemtests.cluster.ClusterUnderTest;
import io.ratemesh.systemtests.cluster.Feeds;
import io.ratemesh.systemtests.feed.FeedServer;
import io.ratemesh.systemtests.feed.FeedShape;
import io.ratemesh.systemtests.feed.Market;
import io.ratemesh.systemtests.feed.Scripts;
import io.ratemesh.systemtests.http.SseEvent;
import io.ratemesh.systemtests.http.SseReader;
import io.ratemesh.systemtests.process.Jvm;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every node is killed at one moment, again and again, while the rates move several times a second. Then the network is
 * gone too: what the cluster starts from is what was on disk.
 *
 * <p>What "the last book" is: the first book of a process is written at once, then four a second at most, each the newest of its
 * moment. So subscribers may have seen a book that no disk had. The start is from the last
 * book that was written whole, or, where the kill hit the write, from the one before; never from less, and its version
 * is above all that were ever seen.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PowerCutIT {

    /** Between two writes. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** A write, and machines with more to do than they can. */
    private static final Duration WRITE = Duration.ofSeconds(3);

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void a_cluster_killed_during_a_write_starts_from_the_last_book_on_disk_without_any_network(int ratesNodes)
            throws IOException {
        Spread starts = new Spread();
        Spread lost = new Spread();
        int whileWriting = 0;
        int rounds = Repetitions.kills(ratesNodes == 1 ? 3 : 2);
        try (FeedServer feeds = new FeedServer();
                ClusterUnderTest cluster = new ClusterUnderTest("power-cut", Feeds.served(feeds))) {
            moveAtEachRequest(feeds);
            List<Jvm> rates = new ArrayList<>();
            for (int i = 0; i < ratesNodes; i++) {
                rates.add(cluster.rates());
            }
            Jvm converter = cluster.converterAlone();
            cluster.awaitResponding(converter);
            long highest = 0;
            for (int round = 0; round < rounds; round++) {
                List<Path> disks = rates.stream()
                        .map(node -> cluster.dataFolder(node.id()))
                        .toList();
                List<Long> before;
                Set<Path> known;
                List<Jvm> all = new ArrayList<>(rates);
                all.add(converter);
                Instant killed;
                try (SseReader reader = SseReader.open(cluster.converterApi().uri("/api/v1/stream"))) {
                    awaitUpdates(reader, 3);
                    awaitBooks(disks);
                    before = disks.stream().map(PowerCutIT::versionOn).toList();
                    known = halfWrites(disks);
                    // By turns: at the moment a write begins, and at any moment.
                    if (round % 2 == 0) {
                        awaitWrite(disks.get(0));
                    } else {
                        awaitMoment(ThreadLocalRandom.current().nextLong(1000));
                    }
                    killed = Instant.now();
                    Jvm.killAll(all);
                    feeds.down();
                    highest = Math.max(
                            highest, reader.last().map(SseEvent::version).orElse(0L));
                }
                whileWriting += known.containsAll(halfWrites(disks)) ? 0 : 1;
                List<RateBook> onDisk = disks.stream()
                        .map(disk -> bookOn(disk).orElseThrow(() -> new AssertionError("no book in " + disk)))
                        .toList();
                for (int i = 0; i < ratesNodes; i++) {
                    assertThat(onDisk.get(i).version())
                            .as("round %s: never less", round)
                            .isGreaterThanOrEqualTo(before.get(i));
                    Duration age =
                            Duration.between(Instant.ofEpochMilli(onDisk.get(i).version()), killed);
                    lost.add(age);
                    assertThat(age).as("round %s: of what was published", round).isLessThan(PAUSE.plus(WRITE));
                }

                long startNanos = System.nanoTime();
                rates.replaceAll(cluster::again);
                converter = cluster.again(converter);
                cluster.awaitResponding(converter);
                starts.add(Duration.ofNanos(System.nanoTime() - startNanos));
                JsonObject table = table(cluster);

                assertThat(onDisk.stream().map(PowerCutIT::rates).toList())
                        .as("round %s", round)
                        .contains(rates(table));
                assertThat(table.getLong("version")).as("round %s", round).isGreaterThan(highest);
                highest = table.getLong("version");
                feeds.up();
            }
        }
        String what = "kill -9 of " + ratesNodes + " rates node(s) and a converter, " + rounds + " times, ";
        Measured.note(what + "with a write under way", String.valueOf(whileWriting));
        Measured.note(what + "age of the book on disk", lost.toString());
        Measured.note(what + "until the converter responds again", starts.toString());
    }

    /** Each feed changes all its rates with each response by a few hundredths of a percent, up and down. */
    private static void moveAtEachRequest(FeedServer feeds) {
        AtomicInteger requests = new AtomicInteger();
        for (FeedShape feed : FeedShape.values()) {
            feeds.play(
                    feed,
                    Scripts.table(ignored ->
                            Market.of(feed).times("1." + String.format("%04d", requests.incrementAndGet() % 100 + 1))));
        }
    }

    private static void awaitUpdates(SseReader reader, int updates) {
        await().atMost(Duration.ofSeconds(90)).until(() -> reader.events().size() > updates);
    }

    /** A node that joined late has its first book a little later than the readers. */
    private static void awaitBooks(List<Path> disks) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> disks.stream().allMatch(disk -> bookOn(disk).isPresent()));
    }

    /** Until a file appears in the folder: the beginning of a write. */
    private static void awaitWrite(Path disk) throws IOException {
        try (WatchService watch = FileSystems.getDefault().newWatchService()) {
            disk.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            assertThat(watch.poll(30, TimeUnit.SECONDS))
                    .as("a write to " + disk)
                    .isNotNull();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits for a random time, which is when the fault happens; there is no condition to wait for. */
    private static void awaitMoment(long millis) {
        long at = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        await().pollInterval(Duration.ofMillis(1)).until(() -> System.nanoTime() - at >= 0);
    }

    /** Writes that were begun and never ended, of whichever round: a start clears away only those of some age. */
    private static Set<Path> halfWrites(List<Path> disks) {
        Set<Path> halves = new HashSet<>();
        for (Path disk : disks) {
            try (var files = Files.list(disk)) {
                files.filter(file -> file.toString().endsWith(".tmp")).forEach(halves::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return halves;
    }

    private static long versionOn(Path disk) {
        return bookOn(disk).map(RateBook::version).orElse(0L);
    }

    private static Optional<RateBook> bookOn(Path disk) {
        try {
            return Optional.of(RateBookCodec.decode(Files.readString(disk.resolve("book"), UTF_8)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonObject table(ClusterUnderTest cluster) {
        return new JsonObject(
                cluster.converterApi().get("/api/v1/rates?base=EUR").body());
    }

    private static Map<String, BigDecimal> rates(RateBook book) {
        Map<String, BigDecimal> rates = new TreeMap<>();
        book.rates()
                .forEach((currency, rate) -> rates.put(currency, rate.perEuro().stripTrailingZeros()));
        return rates;
    }

    private static Map<String, BigDecimal> rates(JsonObject table) {
        Map<String, BigDecimal> rates = new TreeMap<>();
        JsonObject all = table.getJsonObject("rates");
        all.fieldNames().stream()
                .filter(currency -> !currency.equals("EUR"))
                .forEach(currency -> rates.put(currency, rate(all.getValue(currency))));
        return rates;
    }

    private static BigDecimal rate(Object shown) {
        String text = shown instanceof JsonObject rate ? rate.getString("rate") : String.valueOf(shown);
        return new BigDecimal(text).stripTrailingZeros();
    }
}
