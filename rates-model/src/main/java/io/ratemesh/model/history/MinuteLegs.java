package io.ratemesh.model.history;

import io.ratemesh.model.Legs;
import java.time.Instant;

/**
 * Both legs of a pair in one minute.
 *
 * @param minute when the minute began
 * @param legs what the pair's rate is made of
 */
public record MinuteLegs(Instant minute, Legs legs) {}
