package io.ratemesh.systemtests;

/** How often a fault is made: a few times in every build, many times with {@code -Dratemesh.kills=N}. */
final class Repetitions {

    private Repetitions() {}

    static int kills(int everyBuild) {
        return Integer.getInteger("ratemesh.kills", everyBuild);
    }
}
