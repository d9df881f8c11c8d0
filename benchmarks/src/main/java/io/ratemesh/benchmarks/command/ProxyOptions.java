package io.ratemesh.benchmarks.command;

import picocli.CommandLine.Option;

/** How our front door runs beside others, and what stays of the run. */
public final class ProxyOptions {

    @Option(names = "--loops", paramLabel = "N", description = "event loops of our front door (${DEFAULT-VALUE})")
    private int loops = 1;

    @Option(names = "--keep", description = "keeps the configurations and logs, and says where")
    private boolean keep;

    public int loops() {
        return loops;
    }

    public boolean keep() {
        return keep;
    }
}
