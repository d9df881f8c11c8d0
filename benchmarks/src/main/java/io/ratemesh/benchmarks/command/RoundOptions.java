package io.ratemesh.benchmarks.command;

import picocli.CommandLine.Option;

/** How often and how long each of those that are compared is loaded. */
public final class RoundOptions {

    @Option(names = "--rounds", paramLabel = "N", description = "of each, by turns (${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--seconds", paramLabel = "M", description = "of a round (${DEFAULT-VALUE})")
    private int seconds;

    @Option(names = "--warm-up", paramLabel = "M", description = "seconds of load on each before (${DEFAULT-VALUE})")
    private int warmUp = 10;

    /** Five rounds of 5 s. */
    public RoundOptions() {
        this(5, 5);
    }

    /** With other defaults. */
    public RoundOptions(int rounds, int seconds) {
        this.rounds = rounds;
        this.seconds = seconds;
    }

    public int rounds() {
        return rounds;
    }

    public int seconds() {
        return seconds;
    }

    public int warmUp() {
        return warmUp;
    }
}
