package io.ratemesh.rates.history;

import static io.ratemesh.rates.LoneNode.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import io.ratemesh.model.history.HistoryCodec;
import io.ratemesh.model.history.HistoryDay;
import io.ratemesh.model.history.HourOfMinutes;
import io.ratemesh.model.history.RateHistory;
import io.ratemesh.node.history.SharedHistory;
import io.ratemesh.rates.LoneNode;
import io.ratemesh.rates.disk.DurableFile;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The days and minutes of a node alone in a real cluster, with a real disk. */
class SharedPastTest {

    private static final Instant MINUTE = Instant.parse("2026-07-06T14:05:00Z");
    private static final long HOUR = HourOfMinutes.epochHour(MINUTE);
    private static final HistoryDay FRIDAY = day("2026-07-03", "1.1410");
    private static final HistoryDay MONDAY = day("2026-07-06", "1.1415");
    private static final HistoryDay MONDAY_OTHERWISE = day("2026-07-06", "1.1416");

    private final AtomicBoolean leads = new AtomicBoolean();
    private final Clock clock = Clock.fixed(MINUTE, ZoneOffset.UTC);
    private final LoneNode node;
    private final SharedHistory shared;
    private final HourFiles files;
    private final DurableFile daysFile;
    private final MinuteStore minutes = new MinuteStore(false);
    private final DayStore days = new DayStore(RateHistory.EMPTY);
    private final SharedMinutes sharedMinutes;
    private final SharedDays sharedDays;

    SharedPastTest(@TempDir Path home) throws Exception {
        this.node = LoneNode.start(6761);
        this.shared = get(SharedHistory.open(node.vertx()));
        this.files = new HourFiles(home.resolve("minutes"), clock);
        this.daysFile = new DurableFile(home, "days", 1 << 20, clock);
        DiskWriter disk = new DiskWriter(node.vertx(), () -> true);
        this.sharedMinutes = new SharedMinutes(shared, minutes, files, disk, leads::get);
        this.sharedDays = new SharedDays(shared, days, daysFile, disk, leads::get);
        node.until(() -> sharedMinutes.subscribe(clock));
        node.until(sharedDays::subscribe);
    }

    @AfterEach
    void stop() throws Exception {
        node.stop();
    }

    @Test
    void the_leader_records_each_minute_for_the_cluster_and_the_disk() throws Exception {
        leads.set(true);

        minute(MINUTE);
        minute(MINUTE.plus(Duration.ofMinutes(1)));

        await().until(() ->
                get(shared.readHour(HOUR)).filter(hour -> hour.points() == 2).isPresent());
        await().until(() ->
                files.read().equals(List.of(get(shared.readHour(HOUR)).orElseThrow())));
    }

    @Test
    void old_minutes_are_removed_everywhere_even_if_no_more_are_recorded() throws Exception {
        leads.set(true);
        minute(MINUTE);
        await().until(() ->
                get(shared.readHour(HOUR)).isPresent() && !files.read().isEmpty());

        Instant later = MINUTE.plus(Duration.ofHours(49));
        node.on(() -> sharedMinutes.record(RateBook.EMPTY, later));

        assertThat(minutes.points().hours()).isEmpty();
        await().until(() -> get(shared.readHour(HOUR)).isEmpty() && files.read().isEmpty());
    }

    @Test
    void a_follower_records_nothing_and_stores_the_minutes_of_the_leader() throws Exception {
        minute(MINUTE);
        assertThat(minutes.points().hours()).isEmpty();

        HourOfMinutes hour = hour();
        get(shared.publishHour(hour));

        await().until(() -> files.read().equals(List.of(hour)));
        assertThat(minutes.points().hour(HOUR)).contains(hour);
    }

    @Test
    void minutes_that_the_cluster_lacks_are_added() throws Exception {
        node.on(() -> minutes.add(hour(), MINUTE));
        add(MONDAY);

        node.until(() -> sharedMinutes.reconcile(clock.instant()));
        node.until(sharedDays::reconcile);

        await().until(() -> get(shared.readHour(HOUR)).equals(Optional.of(hour())));
        await().until(() -> get(shared.readDays()).equals(history(MONDAY)));
    }

    @Test
    void days_of_the_cluster_are_added_and_written_to_disk() throws Exception {
        get(shared.publishDays(history(FRIDAY)));

        node.until(sharedDays::reconcile);

        assertThat(days.all()).isEqualTo(history(FRIDAY));
        await().until(() -> daysFile.read(HistoryCodec::decode).equals(Optional.of(history(FRIDAY))));
    }

    @Test
    void days_added_by_the_leader_are_published() throws Exception {
        leads.set(true);

        add(FRIDAY, MONDAY);

        await().until(() -> get(shared.readDays()).equals(history(FRIDAY, MONDAY)));
    }

    @Test
    void a_follower_adopts_the_clusters_day_and_the_leader_keeps_its_own() throws Exception {
        get(shared.publishDays(history(MONDAY_OTHERWISE)));
        await().until(() -> days.all().equals(history(MONDAY_OTHERWISE)));
        add(MONDAY);

        node.until(sharedDays::reconcile);
        assertThat(days.all()).isEqualTo(history(MONDAY_OTHERWISE));

        add(MONDAY);
        leads.set(true);
        node.until(sharedDays::reconcile);
        assertThat(days.all()).isEqualTo(history(MONDAY));
        await().until(() -> get(shared.readDays()).equals(history(MONDAY)));
    }

    private void minute(Instant at) throws Exception {
        Rate dollar = new Rate(new BigDecimal("1.1415"), "ecb", at, at.plusSeconds(60));
        node.on(() -> sharedMinutes.record(new RateBook(1, Map.of("USD", dollar)), at));
    }

    private void add(HistoryDay... added) throws Exception {
        node.on(() -> days.add(List.of(added)));
    }

    private static HourOfMinutes hour() {
        return HourOfMinutes.empty(HOUR).with(7, Map.of("USD", new BigDecimal("1.1415")), false);
    }

    private static HistoryDay day(String day, String dollar) {
        return new HistoryDay(LocalDate.parse(day), Map.of("USD", new BigDecimal(dollar)));
    }

    private static RateHistory history(HistoryDay... days) {
        return RateHistory.of(List.of(days));
    }
}
