package io.ratemesh.benchmarks.slow;

import java.util.List;

/**
 * What is done.
 *
 * @param attacks one after the other
 * @param connections of each attack
 * @param clients connections of the others, each with one request at a time
 * @param perSecond requests of the others
 * @param rounds of each attack on each front door: once quiet, once attacked
 * @param seconds of either half of a round
 * @param warmUp seconds of load on each before the first round
 */
record SlowPlan(
        List<SlowAttack> attacks, int connections, int clients, int perSecond, int rounds, int seconds, int warmUp) {

    SlowPlan {
        attacks = List.copyOf(attacks);
    }
}
