package io.ratemesh.node.settings;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * {@code rates.limits}: how much a feed is believed.
 *
 * @param maxJump the share by which a rate may differ from the last one, and feeds from each other; 0.20 is 20%
 * @param confirmAfter how long a feed has to keep saying what nobody confirms
 * @param minShare of the currencies a feed had, the share below which its answer counts as shrunken
 * @param staleAfter how old a rate may get, working days counted for the ECB's
 */
public record RateLimits(BigDecimal maxJump, Duration confirmAfter, BigDecimal minShare, Duration staleAfter) {

    private static final BigDecimal LEAST_JUMP = new BigDecimal("0.01");
    private static final BigDecimal MOST_JUMP = new BigDecimal("0.90");
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofHours(1000);

    /** What holds where the settings say nothing. */
    public static final RateLimits DEFAULT = new RateLimits(
            new BigDecimal("0.20"), Duration.ofMinutes(30), new BigDecimal("0.60"), Duration.ofHours(26));

    static RateLimits read(SettingsReader reader) {
        return new RateLimits(
                reader.share("rates.limits.max-jump", LEAST_JUMP, MOST_JUMP, DEFAULT.maxJump),
                reader.duration("rates.limits.confirm-after", LEAST, MOST, DEFAULT.confirmAfter),
                reader.share("rates.limits.min-share", BigDecimal.ZERO, BigDecimal.ONE, DEFAULT.minShare),
                reader.duration("rates.limits.stale-after", LEAST, MOST, DEFAULT.staleAfter));
    }
}
