package io.ratemesh.benchmarks;

import io.ratemesh.benchmarks.all.AllBenchmarks;
import io.ratemesh.benchmarks.assets.StaticBenchmark;
import io.ratemesh.benchmarks.chaos.ChaosBenchmark;
import io.ratemesh.benchmarks.compare.CompareCommand;
import io.ratemesh.benchmarks.convert.ConvertBenchmark;
import io.ratemesh.benchmarks.faults.FaultsBenchmark;
import io.ratemesh.benchmarks.fuzz.FuzzBenchmark;
import io.ratemesh.benchmarks.growth.GrowthBenchmark;
import io.ratemesh.benchmarks.idle.IdleBenchmark;
import io.ratemesh.benchmarks.jmh.JmhBenchmark;
import io.ratemesh.benchmarks.proxy.ProxyBenchmark;
import io.ratemesh.benchmarks.proxy.TcpBenchmark;
import io.ratemesh.benchmarks.scale.ScaleBenchmark;
import io.ratemesh.benchmarks.slow.SlowBenchmark;
import io.ratemesh.benchmarks.soak.SoakBenchmark;
import io.ratemesh.benchmarks.sse.SseBenchmark;
import io.ratemesh.benchmarks.stack.StackBenchmark;
import io.ratemesh.benchmarks.start.StartBenchmark;
import io.ratemesh.benchmarks.tls.TlsBenchmark;
import io.ratemesh.benchmarks.warm.WarmBenchmark;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmarks that start processes, by name: {@code ./ratemesh bench NAME}. */
@Command(
        name = "ratemesh bench",
        subcommands = {
            AllBenchmarks.class,
            ChaosBenchmark.class,
            CompareCommand.class,
            ConvertBenchmark.class,
            FaultsBenchmark.class,
            FuzzBenchmark.class,
            GrowthBenchmark.class,
            IdleBenchmark.class,
            JmhBenchmark.class,
            ProxyBenchmark.class,
            ScaleBenchmark.class,
            SlowBenchmark.class,
            SoakBenchmark.class,
            SseBenchmark.class,
            StackBenchmark.class,
            StartBenchmark.class,
            StaticBenchmark.class,
            TcpBenchmark.class,
            TlsBenchmark.class,
            WarmBenchmark.class
        })
public final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** All benchmarks, with new commands each time. */
    public static CommandLine commandLine() {
        return new CommandLine(new Benchmarks()).setCaseInsensitiveEnumValuesAllowed(true);
    }
}
