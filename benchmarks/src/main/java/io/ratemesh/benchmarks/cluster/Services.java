package io.ratemesh.benchmarks.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the services are made of.
 *
 * @param project the folder under which their jars were built
 * @param converterOptions of a converter's JVM
 * @param balancerOptions of a balancer's JVM
 * @param settings of both, besides what a run needs
 */
public record Services(
        Path project, List<String> converterOptions, List<String> balancerOptions, List<String> settings) {

    /**
     * The jar of a service.
     *
     * @throws IllegalStateException where it is not built
     */
    public Path jar(String service) {
        Path jar = project.resolve(service).resolve("target").resolve(service + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(
                    jar + " is missing; build it: ./mvnw -DskipTests -pl " + service + " -am package");
        }
        return jar;
    }

    /** With options of a converter's JVM that count more than those asked for. */
    public Services withConverterOptions(String... options) {
        return new Services(
                project,
                Stream.concat(converterOptions.stream(), Stream.of(options)).toList(),
                balancerOptions,
                settings);
    }

    /** With options of a balancer's JVM that count more than those asked for. */
    public Services withBalancerOptions(String... options) {
        return new Services(
                project,
                converterOptions,
                Stream.concat(balancerOptions.stream(), Stream.of(options)).toList(),
                settings);
    }

    /** With a setting that gives way to those asked for. */
    public Services with(String setting) {
        return new Services(
                project,
                converterOptions,
                balancerOptions,
                Stream.concat(Stream.of(setting), settings.stream()).toList());
    }
}
