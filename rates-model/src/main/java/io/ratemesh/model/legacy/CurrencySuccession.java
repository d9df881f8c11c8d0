package io.ratemesh.model.legacy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One currency after another. It tells people what became of a currency; nothing is converted by it.
 *
 * @param predecessor upper-case code of the retired one
 * @param successor upper-case code of the one in its place, which may be retired by now itself
 * @param unitsPerSuccessor how many of the retired one made one of the other; empty where no one rate did
 * @param since the day the other one took its place; empty where it was no one day
 */
public record CurrencySuccession(
        String predecessor, String successor, Optional<BigDecimal> unitsPerSuccessor, Optional<LocalDate> since) {}
