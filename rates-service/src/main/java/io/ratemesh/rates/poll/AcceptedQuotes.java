package io.ratemesh.rates.poll;

/**
 * The accepted part of a response.
 *
 * @param currencies the number of currencies whose quote is accepted
 * @param complete whether no quote is rejected or held back
 */
public record AcceptedQuotes(int currencies, boolean complete) {}
