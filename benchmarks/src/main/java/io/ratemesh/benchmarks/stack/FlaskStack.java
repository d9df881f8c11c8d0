package io.ratemesh.benchmarks.stack;

import io.ratemesh.benchmarks.contender.Haproxy;
import io.ratemesh.benchmarks.contender.Nginx;
import io.ratemesh.benchmarks.process.FreePorts;
import io.ratemesh.benchmarks.process.Program;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.process.ServerProcess;
import io.ratemesh.model.RateBook;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** HAProxy, nginx, gunicorn with two workers, and a Flask application, from Debian packages. */
final class FlaskStack implements AutoCloseable {

    static final String NAME = "Flask";

    private static final Program GUNICORN = new Program("gunicorn", "gunicorn");
    private static final Program FLASK = new Program("flask", "python3-flask");
    private static final String APPLICATION = "app.py";
    private static final String SOCKET = "gunicorn.sock";
    private static final int WORKERS = 2;

    /** In the order that a request passes them, which is the reverse of that in which they start. */
    private final List<ServerProcess> servers = new ArrayList<>();

    private FlaskStack() {}

    /** Starts all servers, without waiting until they are ready. */
    static FlaskStack start(RunFolder folder, RateBook book) {
        FlaskStack stack = new FlaskStack();
        try {
            Path flask = folder.subfolder("flask");
            writeApplication(flask, book);
            int nginxPort = FreePorts.next();
            stack.servers.add(0, ServerProcess.start("gunicorn", command(), nginxPort, flask));
            stack.servers.add(0, Nginx.app(flask, SOCKET).start(folder.subfolder("nginx"), nginxPort));
            stack.servers.add(0, haproxy(nginxPort).start(folder.subfolder("haproxy"), FreePorts.next()));
            return stack;
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    /** The stack, whose front is HAProxy. */
    ConversionStack stack() {
        return new ConversionStack(
                NAME,
                "Flask, gunicorn with " + WORKERS + " sync workers, nginx with one worker, HAProxy with one thread",
                servers);
    }

    @Override
    public void close() {
        servers.forEach(ServerProcess::close);
    }

    private static Haproxy haproxy(int nginxPort) {
        return new Haproxy(Haproxy.Mode.HTTP, List.of(nginxPort));
    }

    static List<String> command() {
        FLASK.require();
        return List.of(
                GUNICORN.require().toString(),
                "--preload",
                "--workers",
                String.valueOf(WORKERS),
                "--bind",
                "unix:" + SOCKET,
                APPLICATION.replace(".py", ":app"));
    }

    private static void writeApplication(Path folder, RateBook book) {
        try (InputStream application =
                Objects.requireNonNull(FlaskStack.class.getResourceAsStream(APPLICATION), APPLICATION)) {
            Files.copy(application, folder.resolve(APPLICATION));
            Files.writeString(folder.resolve("rates.json"), EcbBook.json(book));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
