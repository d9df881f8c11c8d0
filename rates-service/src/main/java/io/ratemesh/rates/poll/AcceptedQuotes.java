package io.ratemesh.rates.poll;

/**
 * What became of an answer.
 *
 * @param currencies how many of its currencies are believed
 * @param whole whether nothing of it is doubted
 */
public record AcceptedQuotes(int currencies, boolean whole) {}
