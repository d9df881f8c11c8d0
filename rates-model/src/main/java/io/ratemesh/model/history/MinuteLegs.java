package io.ratemesh.model.history;

import io.ratemesh.model.Legs;
import java.time.Instant;

/**
 * Both legs of a pair in one minute.
 *
 * @param minute when the minute began
 * @param legs what the pair's rate is made of
 * @param simulated whether the minute's rates are made up for a demonstration
 */
public record MinuteLegs(Instant minute, Legs legs, boolean simulated) {}
