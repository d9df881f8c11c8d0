package io.ratemesh.systemtests;

/** How often a fault is made: a few times in every build, many times where {@code -Dratemesh.kills=N} asks for it. */
final class Repetitions {

    private Repetitions() {}

    static int kills(int everyBuild) {
        return Integer.getInteger("ratemesh.kills", everyBuild);
    }
}
