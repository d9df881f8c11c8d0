package io.ratemesh.node.settings;

import io.ratemesh.node.settings.SettingsReader.Bounds;
import java.time.Duration;

/**
 * How a pool reacts to failed requests. The terms are those of Envoy's outlier detection and retry budget.
 *
 * @param outlier when failed requests eject a server
 * @param hang when a server that sends no responses is suspected
 * @param retries how many requests may be sent again
 */
public record FailureSettings(Outlier outlier, Hang hang, Retries retries) {

    /**
     * Outlier detection.
     *
     * @param consecutiveFailures server errors and failed connections in a row that eject a server; 0 disables it
     * @param consecutiveBrokenResponses responses in a row that end early and eject a server; 0 disables it
     * @param baseEjectionTime the first ejection; each further one is longer by this
     * @param maxEjectionTime the longest ejection
     * @param maxEjected percentage of a pool that may be down or ejected after an ejection, 0 to 100
     */
    public record Outlier(
            int consecutiveFailures,
            int consecutiveBrokenResponses,
            Duration baseEjectionTime,
            Duration maxEjectionTime,
            int maxEjected) {

        private static final int MAX_CONSECUTIVE = 1000;

        private static Outlier read(SettingsReader reader, Outlier byDefault) {
            Bounds ejection = reader.bounds(
                    "base-ejection-time",
                    "max-ejection-time",
                    byDefault.baseEjectionTime(),
                    byDefault.maxEjectionTime());
            return new Outlier(
                    reader.number("consecutive-failures", 0, MAX_CONSECUTIVE, byDefault.consecutiveFailures()),
                    reader.number(
                            "consecutive-broken-responses", 0, MAX_CONSECUTIVE, byDefault.consecutiveBrokenResponses()),
                    ejection.min(),
                    ejection.max(),
                    reader.percentage("max-ejected", 0, 100, byDefault.maxEjected()));
        }
    }

    /**
     * Hang detection. A server is checked for it every 100 ms.
     *
     * @param suspectAfter time without any response while others of the pool respond; zero disables it
     * @param suspectFor how long a suspicion lasts that no check confirms
     */
    public record Hang(Duration suspectAfter, Duration suspectFor) {

        private static Hang read(SettingsReader reader, Hang byDefault) {
            return new Hang(
                    reader.duration("suspect-after", Duration.ZERO, Duration.ofHours(1), byDefault.suspectAfter()),
                    reader.duration(
                            "suspect-for", Duration.ofMillis(100), Duration.ofHours(1), byDefault.suspectFor()));
        }
    }

    /**
     * The retry budget, over ten seconds.
     *
     * @param budget retries as a percentage of the requests, 0 to 100
     * @param minPerSecond retries that are allowed whatever the number of requests
     */
    public record Retries(int budget, int minPerSecond) {

        private static Retries read(SettingsReader reader, Retries byDefault) {
            return new Retries(
                    reader.percentage("budget", 0, 100, byDefault.budget()),
                    reader.number("min-per-second", 0, 100_000, byDefault.minPerSecond()));
        }
    }

    /** The defaults. */
    public static final FailureSettings DEFAULT = new FailureSettings(
            new Outlier(5, 5, Duration.ofSeconds(10), Duration.ofMinutes(1), 50),
            new Hang(Duration.ofMillis(500), Duration.ofSeconds(3)),
            new Retries(20, 3));

    /** Reads the three sections of a pool. */
    static FailureSettings read(SettingsReader reader, FailureSettings byDefault) {
        return new FailureSettings(
                Outlier.read(reader.in("outlier"), byDefault.outlier()),
                Hang.read(reader.in("hang"), byDefault.hang()),
                Retries.read(reader.in("retries"), byDefault.retries()));
    }
}
