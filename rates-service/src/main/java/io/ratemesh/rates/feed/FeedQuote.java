package io.ratemesh.rates.feed;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What one feed says of one currency, unchecked: the currency may not exist, the rate may be zero.
 *
 * @param currency the code as the feed writes it, upper-cased where the feed uses lower case
 * @param perEuro units of the currency for one euro
 * @param observedAt when the feed observed it
 */
public record FeedQuote(String currency, BigDecimal perEuro, Instant observedAt) {}
