package io.ratemesh.benchmarks.command;

import picocli.CommandLine.Option;

/** How often and how long each contender is loaded. */
public final class RoundOptions {

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds per contender, interleaved (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--seconds", paramLabel = "M", description = "Seconds per round (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "M",
            description =
                    "Seconds of load on each JVM before the first round; others get at most 2 (${DEFAULT-VALUE}).")
    private int warmUp = 15;

    /** Five rounds of 5 s. */
    public RoundOptions() {
        this(5, 5);
    }

    /** Other defaults. */
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
