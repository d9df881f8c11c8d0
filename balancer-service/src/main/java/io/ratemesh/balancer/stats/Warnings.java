package io.ratemesh.balancer.stats;

import io.ratemesh.balancer.loadbalance.PoolSnapshot;
import io.ratemesh.balancer.stats.Warning.Severity;
import io.ratemesh.node.announce.Announcement;
import io.ratemesh.node.book.CircuitState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds what needs a person: pools that cannot serve, certificates that expire, feeds that fail, nodes of different builds. */
public final class Warnings {

    private static final Duration CERTIFICATE_NOTICE = Duration.ofDays(14);

    /** The leading rates node reports every few seconds. */
    private static final Duration REPORT_TIMEOUT = Duration.ofSeconds(20);

    private final Instant now;
    private final List<Warning> found = new ArrayList<>();

    private Warnings(Instant now) {
        this.now = now;
    }

    /**
     * Returns all warnings, critical ones first.
     *
     * @param certificates as in {@code /stats.json}
     * @param feeds as {@link FeedReportLog#toJson} has them
     * @param staleAfter the age at which rates are stale
     */
    public static List<Warning> of(
            StatsSnapshot snapshot,
            Collection<Announcement> nodes,
            JsonArray certificates,
            JsonObject feeds,
            Duration staleAfter) {
        Warnings warnings = new Warnings(snapshot.at());
        snapshot.allPools().forEach(warnings::pool);
        objects(certificates).forEach(warnings::certificate);
        warnings.feeds(feeds, staleAfter);
        warnings.builds(nodes);
        warnings.found.sort((one, other) -> one.severity().compareTo(other.severity()));
        return List.copyOf(warnings.found);
    }

    private void pool(PoolSnapshot pool) {
        if (pool.active() + pool.backups() == 0) {
            add(
                    Severity.CRITICAL,
                    "pool-unavailable",
                    pool.name(),
                    "Pool " + pool.name() + " has no available server of "
                            + pool.servers().size() + "; its requests fail.");
        } else if (pool.panic()) {
            add(
                    Severity.CRITICAL,
                    "pool-panic",
                    pool.name(),
                    "Pool " + pool.name() + " is in panic mode: most of its servers have failed, so all are tried.");
        }
        pool.dns()
                .filter(dns -> !dns.error().isEmpty())
                .ifPresent(dns -> add(
                        Severity.WARNING,
                        "dns-failing",
                        pool.name(),
                        "The servers of pool " + pool.name() + " cannot be resolved: " + dns.error() + "."));
    }

    private void certificate(JsonObject certificate) {
        Instant notAfter = Instant.parse(certificate.getString("notAfter"));
        String file = certificate.getString("file");
        if (!now.isBefore(notAfter)) {
            add(
                    Severity.CRITICAL,
                    "certificate-expired",
                    file,
                    "The certificate of " + certificate.getString("use") + " expired at " + notAfter + "; replace "
                            + file + ".");
        } else if (now.isAfter(notAfter.minus(CERTIFICATE_NOTICE))) {
            add(
                    Severity.WARNING,
                    "certificate-expires",
                    file,
                    "The certificate of " + certificate.getString("use") + " expires in "
                            + Duration.between(now, notAfter).toDays() + " days; replace " + file + ".");
        }
    }

    private void feeds(JsonObject report, Duration staleAfter) {
        Optional<Instant> reportedAt = instant(report, "feedsReportedAt");
        if (reportedAt.isEmpty()) {
            return;
        }
        if (now.isAfter(reportedAt.get().plus(REPORT_TIMEOUT))) {
            add(
                    Severity.WARNING,
                    "feeds-unreported",
                    "rates",
                    "No rates node has reported its feeds since " + reportedAt.get() + "; start one.");
            return;
        }
        objects(report.getJsonArray("feeds")).forEach(feed -> feed(feed, staleAfter));
    }

    private void feed(JsonObject feed, Duration staleAfter) {
        String name = feed.getString("name");
        Optional<Instant> lastSuccess = instant(feed, "lastSuccess");
        String error = feed.getString("lastError");
        String why = error == null ? "" : ": " + error;
        if (!CircuitState.CLOSED.word().equals(feed.getString("circuit", CircuitState.CLOSED.word()))) {
            add(Severity.WARNING, "feed-failing", name, "Feed " + name + " keeps failing" + why + ".");
        } else if (lastSuccess.isPresent() && now.isAfter(lastSuccess.get().plus(staleAfter))) {
            add(
                    Severity.WARNING,
                    "feed-stale",
                    name,
                    "Feed " + name + " has had no rates since " + lastSuccess.get() + why + ".");
        } else if (lastSuccess.isEmpty() && error != null) {
            add(Severity.WARNING, "feed-failing", name, "Feed " + name + " has had no rates yet" + why + ".");
        }
    }

    private void builds(Collection<Announcement> nodes) {
        List<String> builds =
                nodes.stream().map(Announcement::build).distinct().sorted().toList();
        if (builds.size() > 1) {
            String each = builds.stream()
                    .map(build -> build + " ("
                            + nodes.stream()
                                    .filter(node -> node.build().equals(build))
                                    .map(Announcement::id)
                                    .sorted()
                                    .collect(Collectors.joining(", "))
                            + ")")
                    .collect(Collectors.joining(", "));
            add(Severity.WARNING, "mixed-builds", "cluster", "The nodes run different builds: " + each + ".");
        }
    }

    private void add(Severity severity, String code, String subject, String detail) {
        found.add(new Warning(severity, code, subject, detail));
    }

    private static Optional<Instant> instant(JsonObject json, String field) {
        return Optional.ofNullable(json.getString(field)).map(Instant::parse);
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .toList();
    }
}
