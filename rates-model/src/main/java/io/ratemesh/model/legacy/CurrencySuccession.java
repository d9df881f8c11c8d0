package io.ratemesh.model.legacy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The replacement of one currency by another, for information only: no conversion uses it.
 *
 * @param predecessor upper-case code of the replaced currency
 * @param successor upper-case code of the replacement, which may be replaced by now itself
 * @param unitsPerSuccessor units of the predecessor for one of the successor; empty if there was no single rate
 * @param since the day of the replacement; empty if it was no single day
 */
public record CurrencySuccession(
        String predecessor, String successor, Optional<BigDecimal> unitsPerSuccessor, Optional<LocalDate> since) {}
