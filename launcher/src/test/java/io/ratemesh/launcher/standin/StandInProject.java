package io.ratemesh.launcher.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.launcher.Launcher;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.settings.PortAvailability;
import io.ratemesh.launcher.state.ClusterState;
import io.ratemesh.launcher.state.CommandContext;
import io.ratemesh.launcher.state.LaunchedRole;
import io.ratemesh.launcher.state.NodeRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A project whose three services are {@link StandInNode}s, with a home and ports of its own. */
public final class StandInProject implements AutoCloseable {

    private final Path folder;
    private final int port = PortAvailability.anyFree();
    private final int statsPort = PortAvailability.anyFree();
    private final Map<String, String> environment = new HashMap<>(System.getenv());

    /** What a command said and how it ended. */
    public record Said(int exitCode, String out, String err) {}

    /** Lays the project out under a folder. */
    public StandInProject(Path folder) {
        this.folder = folder;
        environment.put("RATEMESH_HOME", home().toString());
        for (LaunchedRole role : LaunchedRole.values()) {
            jar(folder.resolve(role.service() + "/target/" + role.service() + ".jar"));
        }
    }

    public StandInProject with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public Map<String, String> environment() {
        return environment;
    }

    public Path folder() {
        return folder;
    }

    public Path home() {
        return folder.resolve("home");
    }

    public int port() {
        return port;
    }

    public int statsPort() {
        return statsPort;
    }

    public ClusterState state() {
        return context(console(OutputStream.nullOutputStream(), OutputStream.nullOutputStream()))
                .cluster();
    }

    public Said up(String... more) {
        String[] arguments = new String[] {"up", "--detach", "--port", "" + port, "--stats-port", "" + statsPort};
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return run(all);
    }

    public Said run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Launcher.run(context(console(out, err)), arguments);
        return new Said(code, out.toString(UTF_8), err.toString(UTF_8));
    }

    /** What the launcher wrote down of a node. */
    public NodeRecord node(String id) {
        return state().nodes().all().stream()
                .filter(node -> node.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The ids of the nodes that ended by themselves, in order. */
    public List<String> ended() {
        try {
            Path file = home().resolve("stand-in/ended");
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs an action as if another command ran. */
    public void whileLocked(Runnable action) {
        context(console(OutputStream.nullOutputStream(), OutputStream.nullOutputStream()))
                .locked(() -> {
                    action.run();
                    return true;
                });
    }

    @Override
    public void close() {
        state().nodes()
                .running()
                .forEach(node -> ProcessHandle.of(node.pid()).ifPresent(ProcessHandle::destroyForcibly));
    }

    private CommandContext context(Console console) {
        return new CommandContext(environment, folder, folder, console);
    }

    private static Console console(OutputStream out, OutputStream err) {
        return new Console(
                new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), InstantSource.system(), false);
    }

    private static void jar(Path file) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StandInNode.class.getName());
        try {
            Files.createDirectories(file.getParent());
            try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
                for (String name : List.of("StandInNode", "StandInNode$Body")) {
                    String entry = StandInNode.class.getPackageName().replace('.', '/') + "/" + name + ".class";
                    jar.putNextEntry(new JarEntry(entry));
                    try (InputStream bytes = StandInNode.class.getClassLoader().getResourceAsStream(entry)) {
                        Objects.requireNonNull(bytes, entry).transferTo(jar);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
