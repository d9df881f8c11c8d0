package io.ratemesh.benchmarks.cluster;

import io.ratemesh.benchmarks.process.ServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A service in a JVM of its own, on a port of this machine. */
public final class ServiceJvm {

    private ServiceJvm() {}

    /**
     * Starts one.
     *
     * @param jar what it runs
     * @param options of its JVM
     * @param settings as on its command line
     * @param port where its settings say that it listens
     * @param folder where it runs and leaves its log
     */
    public static ServerProcess start(
            String name, Path jar, List<String> options, List<String> settings, int port, Path folder) {
        List<String> arguments = new ArrayList<>(List.of("-jar", jar.toString(), "--set", "node.name=" + name));
        settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return ServerProcess.start(name, command(options, arguments), port, folder);
    }

    /**
     * Starts a class of the jar that runs this.
     *
     * @param options of its JVM
     * @param arguments of its own
     * @param port where it will listen
     * @param folder where it runs and leaves its log
     */
    public static ServerProcess startClass(
            String name, Class<?> main, List<String> options, List<String> arguments, int port, Path folder) {
        List<String> all = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        all.addAll(arguments);
        return ServerProcess.start(name, command(options, all), port, folder);
    }

    private static List<String> command(List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(arguments);
        return command;
    }
}
