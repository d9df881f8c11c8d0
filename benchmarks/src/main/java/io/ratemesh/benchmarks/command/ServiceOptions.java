package io.ratemesh.benchmarks.command;

import io.ratemesh.benchmarks.cluster.ServiceBuild;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;

/** Where the services are built, and how they are started. */
public final class ServiceOptions {

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the Ratemesh services; repeatable.")
    private List<String> settings = List.of();

    @Option(names = "--project", paramLabel = "DIR", hidden = true)
    private Path project = Path.of("");

    @Option(names = "--rates-options", paramLabel = "WORDS", hidden = true)
    private String ratesOptions = "-XX:+UseSerialGC";

    @Option(names = "--converter-options", paramLabel = "WORDS", hidden = true)
    private String converterOptions = "-XX:+UseSerialGC";

    @Option(names = "--balancer-options", paramLabel = "WORDS", hidden = true)
    private String balancerOptions = "-XX:+UseSerialGC";

    /** The folder with the modules. */
    public Path project() {
        return project.toAbsolutePath();
    }

    public ServiceBuild services() {
        return new ServiceBuild(
                project(), words(ratesOptions), words(converterOptions), words(balancerOptions), settings);
    }

    /** The same options for another command. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "--project=" + project(),
                "--rates-options=" + ratesOptions,
                "--converter-options=" + converterOptions,
                "--balancer-options=" + balancerOptions));
        settings.forEach(setting -> arguments.add("--set=" + setting));
        return arguments;
    }

    private static List<String> words(String options) {
        return Arrays.stream(options.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
