package io.ratemesh.node.settings;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * {@code rates.limits}: which quotes of a feed are accepted.
 *
 * @param maxJump by how much a rate may differ from the last one and from other feeds, as a fraction; 0.20 is 20 %
 * @param confirmAfter how long a feed must repeat a quote that no other feed confirms
 * @param minShare the fraction of a feed's earlier currencies below which a response is rejected as incomplete
 * @param staleAfter the age from which a rate is stale; for the ECB only working days count
 */
public record RateLimits(BigDecimal maxJump, Duration confirmAfter, BigDecimal minShare, Duration staleAfter) {

    /** The defaults. */
    public static final RateLimits DEFAULT = new RateLimits(
            new BigDecimal("0.20"), Duration.ofMinutes(30), new BigDecimal("0.60"), Duration.ofHours(26));

    static RateLimits read(SettingsReader reader) {
        return new RateLimits(
                fraction(reader.percentage("max-jump", 1, 90, 20)),
                time(reader, "confirm-after", DEFAULT.confirmAfter),
                fraction(reader.percentage("min-share", 0, 100, 60)),
                time(reader, "stale-after", DEFAULT.staleAfter));
    }

    private static BigDecimal fraction(int percentage) {
        return BigDecimal.valueOf(percentage, 2);
    }

    private static Duration time(SettingsReader reader, String key, Duration byDefault) {
        return reader.duration(key, Duration.ofSeconds(1), Duration.ofHours(1000), byDefault);
    }
}
