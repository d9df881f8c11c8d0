package io.ratemesh.model.history;

import io.ratemesh.model.Legs;
import java.time.LocalDate;

/**
 * Both legs of a pair on one day.
 *
 * @param day the day both rates are of, which may lie before the one asked for
 * @param legs what a conversion is made of
 */
public record DatedLegs(LocalDate day, Legs legs) {}
