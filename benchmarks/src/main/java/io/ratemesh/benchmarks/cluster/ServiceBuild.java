package io.ratemesh.benchmarks.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The built services and how they are started.
 *
 * @param project the folder with the modules
 * @param ratesOptions JVM options of a rates node
 * @param converterOptions JVM options of a converter
 * @param balancerOptions JVM options of a balancer
 * @param settings of both, besides those that a benchmark needs
 */
public record ServiceBuild(
        Path project,
        List<String> ratesOptions,
        List<String> converterOptions,
        List<String> balancerOptions,
        List<String> settings) {

    /** The whole heap is resident from the start, so that growing memory is not uncollected garbage. */
    public static final List<String> TOUCHED_HEAP = List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");

    /**
     * The jar of a service.
     *
     * @throws IllegalStateException if it is not built
     */
    public Path jar(String service) {
        Path jar = project.resolve(service).resolve("target").resolve(service + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(
                    jar + " is missing; build it: ./mvnw -DskipTests -pl " + service + " -am package");
        }
        return jar;
    }

    /** The services that were built in another folder. */
    public ServiceBuild in(Path otherProject) {
        return new ServiceBuild(otherProject, ratesOptions, converterOptions, balancerOptions, settings);
    }

    /** Adds JVM options of converters, which override those given before. */
    public ServiceBuild withConverterOptions(List<String> options) {
        return new ServiceBuild(
                project,
                ratesOptions,
                Stream.concat(converterOptions.stream(), options.stream()).toList(),
                balancerOptions,
                settings);
    }

    /** Adds JVM options of balancers, which override those given before. */
    public ServiceBuild withBalancerOptions(List<String> options) {
        return new ServiceBuild(
                project,
                ratesOptions,
                converterOptions,
                Stream.concat(balancerOptions.stream(), options.stream()).toList(),
                settings);
    }

    /** Adds a setting, which those given before override. */
    public ServiceBuild with(String setting) {
        return new ServiceBuild(
                project,
                ratesOptions,
                converterOptions,
                balancerOptions,
                Stream.concat(Stream.of(setting), settings.stream()).toList());
    }
}
