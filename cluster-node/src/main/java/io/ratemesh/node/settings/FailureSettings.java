package io.ratemesh.node.settings;

import java.math.BigDecimal;
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
     * @param consecutiveFailures server errors and failed connections in a row that eject a server; 0 for never
     * @param consecutiveBrokenResponses responses in a row that end early and eject a server; 0 for never
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

        private static final int MOST = 1000;

        private static Outlier read(SettingsReader reader, String section, Outlier byDefault) {
            String maxKey = section + "max-ejection-time";
            Duration max =
                    reader.duration(maxKey, Duration.ofMillis(100), Duration.ofHours(24), byDefault.maxEjectionTime());
            Duration base = reader.duration(
                    section + "base-ejection-time",
                    Duration.ofMillis(100),
                    Duration.ofHours(1),
                    byDefault.baseEjectionTime().compareTo(max) < 0 ? byDefault.baseEjectionTime() : max);
            if (max.compareTo(base) < 0) {
                if (reader.optionalText(maxKey).isPresent()) {
                    reader.fault(maxKey, "no less than outlier.base-ejection-time");
                }
                max = base;
            }
            return new Outlier(
                    reader.number(section + "consecutive-failures", 0, MOST, byDefault.consecutiveFailures()),
                    reader.number(
                            section + "consecutive-broken-responses", 0, MOST, byDefault.consecutiveBrokenResponses()),
                    base,
                    max,
                    percentage(reader, section + "max-ejected", byDefault.maxEjected()));
        }
    }

    /**
     * Hang detection. A server is checked for it every 100 ms.
     *
     * @param suspectAfter time without any response, while others of the pool respond; zero for never
     * @param suspectFor how long a suspicion lasts that no check confirms
     */
    public record Hang(Duration suspectAfter, Duration suspectFor) {

        private static Hang read(SettingsReader reader, String section, Hang byDefault) {
            return new Hang(
                    reader.duration(
                            section + "suspect-after", Duration.ZERO, Duration.ofHours(1), byDefault.suspectAfter()),
                    reader.duration(
                            section + "suspect-for",
                            Duration.ofMillis(100),
                            Duration.ofHours(1),
                            byDefault.suspectFor()));
        }
    }

    /**
     * The retry budget, over ten seconds.
     *
     * @param budget retries as a percentage of the requests, 0 to 100
     * @param minPerSecond retries that are allowed whatever the number of requests
     */
    public record Retries(int budget, int minPerSecond) {

        private static Retries read(SettingsReader reader, String section, Retries byDefault) {
            return new Retries(
                    percentage(reader, section + "budget", byDefault.budget()),
                    reader.number(section + "min-per-second", 0, 100_000, byDefault.minPerSecond()));
        }
    }

    /** What holds where nothing is set. */
    public static final FailureSettings DEFAULT = new FailureSettings(
            new Outlier(5, 5, Duration.ofSeconds(10), Duration.ofMinutes(1), 50),
            new Hang(Duration.ofMillis(500), Duration.ofSeconds(3)),
            new Retries(20, 3));

    /**
     * Reads the three sections.
     *
     * @param section what their keys begin with, the dot included; empty for an item of a list
     */
    static FailureSettings read(SettingsReader reader, String section, FailureSettings byDefault) {
        return new FailureSettings(
                Outlier.read(reader, section + "outlier.", byDefault.outlier()),
                Hang.read(reader, section + "hang.", byDefault.hang()),
                Retries.read(reader, section + "retries.", byDefault.retries()));
    }

    private static int percentage(SettingsReader reader, String key, int byDefault) {
        return reader.share(key, BigDecimal.ZERO, BigDecimal.ONE, BigDecimal.valueOf(byDefault, 2))
                .movePointRight(2)
                .intValueExact();
    }
}
