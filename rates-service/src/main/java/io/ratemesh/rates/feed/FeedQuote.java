package io.ratemesh.rates.feed;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One feed's rate of one currency, unchecked: the currency may not exist, the rate may be zero.
 *
 * @param currency the feed's code, in upper case
 * @param perEuro units of the currency for one euro
 * @param observedAt when the feed observed it
 */
public record FeedQuote(String currency, BigDecimal perEuro, Instant observedAt) {}
