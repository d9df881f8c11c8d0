package io.ratemesh.balancer.proxy;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server of the operating system, such as nginx, in a process of its own. Closing kills it. */
public final class ServerProgram implements AutoCloseable {

    private final Process process;

    private ServerProgram(Process process) {
        this.process = process;
    }

    /** A free port. */
    public static int freePort() {
        try (ServerSocket taken = new ServerSocket(0)) {
            return taken.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** nginx with these lines in its {@code http} section. Its folder is for its files. */
    public static ServerProgram nginx(Path folder, int port, String http) throws IOException {
        Path configuration = Files.writeString(folder.resolve("nginx-" + port + ".conf"), """
            daemon off;
            worker_processes 1;
            pid nginx-%1$d.pid;
            error_log nginx-%1$d.log;
            events {}
            http {
              access_log off;
              client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fast;
              uwsgi_temp_path uwsgi; scgi_temp_path scgi;
              %2$s
            }
            """.formatted(port, http));
        return start(folder, port, "nginx", "-p", folder.toString(), "-c", configuration.toString());
    }

    /** A program that listens on a port; completes once it does. */
    public static ServerProgram start(Path folder, int port, String... command) throws IOException {
        ServerProgram program = start(folder, command);
        await().atMost(20, TimeUnit.SECONDS).ignoreExceptions().until(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
                return true;
            }
        });
        return program;
    }

    /** A program that listens on a unix socket; completes once it does. */
    public static ServerProgram start(Path folder, Path socket, String... command) throws IOException {
        ServerProgram program = start(folder, command);
        await().atMost(20, TimeUnit.SECONDS).ignoreExceptions().until(() -> {
            SocketChannel.open(UnixDomainSocketAddress.of(socket)).close();
            return true;
        });
        return program;
    }

    private static ServerProgram start(Path folder, String... command) throws IOException {
        return new ServerProgram(new ProcessBuilder(List.of(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("output.log").toFile()))
                .start());
    }

    /** Kills it and its children, as {@code kill -9}. */
    public void kill() {
        List<ProcessHandle> children = process.descendants().toList();
        // First the parent, which would start others in their place.
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
