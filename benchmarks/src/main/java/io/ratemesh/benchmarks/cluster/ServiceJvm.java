package io.ratemesh.benchmarks.cluster;

import io.ratemesh.benchmarks.process.ServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts services in JVMs of their own. */
public final class ServiceJvm {

    private ServiceJvm() {}

    /**
     * Starts a service.
     *
     * @param options of the JVM
     * @param settings as on the command line
     * @param port that it listens on by its settings
     * @param folder its working folder, with its log
     */
    public static ServerProcess start(
            String name, Path jar, List<String> options, List<String> settings, int port, Path folder) {
        return start(List.of(), name, jar, options, settings, port, folder);
    }

    /**
     * Starts a service by another command, such as {@code nice}.
     *
     * @param prefix the words of the command before that of the service
     */
    public static ServerProcess start(
            List<String> prefix,
            String name,
            Path jar,
            List<String> options,
            List<String> settings,
            int port,
            Path folder) {
        List<String> arguments = new ArrayList<>(List.of("-jar", jar.toString(), "--set", "node.name=" + name));
        settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        List<String> command = new ArrayList<>(prefix);
        command.addAll(command(options, arguments));
        return ServerProcess.start(name, command, port, folder);
    }

    /**
     * Starts a class of this class path.
     *
     * @param options of the JVM
     * @param port that it will listen on
     * @param folder its working folder, with its log
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
