package io.ratemesh.model.history;

import io.ratemesh.model.Legs;
import java.time.Instant;

/**
 * The rates of a pair in one minute.
 *
 * @param minute the start of the minute
 * @param legs the rates of both currencies
 * @param simulated whether the rates are simulated
 */
public record MinuteLegs(Instant minute, Legs legs, boolean simulated) {}
