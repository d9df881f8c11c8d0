package io.ratemesh.model.history;

import io.ratemesh.model.Legs;
import java.time.LocalDate;

/**
 * The rates of a pair on one day.
 *
 * @param day the day of both rates, which may be before the requested one
 * @param legs the rates of both currencies
 */
public record DatedLegs(LocalDate day, Legs legs) {}
