package io.ratemesh.benchmarks.contender;

import io.ratemesh.benchmarks.process.Program;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** nginx with one worker. All its files are in its own folder. */
public final class Nginx implements Contender {

    public static final String NAME = "nginx";

    public static final String NCHAN_NAME = "nchan";

    /** Each takes memory, connected or not. */
    private static final int CONNECTIONS = 8192;

    private static final int STREAMS = 16_384;
    private static final Program PROGRAM = new Program("nginx", "nginx");

    private final String name;
    private final String features;
    private final String template;
    private final Map<String, String> values;
    private final Optional<Program> module;

    private Nginx(String features, String template, Map<String, String> values) {
        this(NAME, features, template, values, Optional.empty());
    }

    private Nginx(String name, String features, String template, Map<String, String> values, Optional<Program> module) {
        this.name = name;
        this.module = module;
        this.features = features;
        this.template = template;
        this.values = values;
    }

    /** A proxy with least connections in front of upstreams, given by their ports. */
    public static Nginx proxy(List<Integer> upstreams) {
        return proxy(upstreams, "");
    }

    /** The same with TLS in addition. */
    public static Nginx tls(List<Integer> upstreams, TlsListener listener) {
        return proxy(upstreams, ConfigTemplate.fill("nginx-tls.conf", listener.values()));
    }

    private static Nginx proxy(List<Integer> upstreams, String tls) {
        return new Nginx(
                "least_conn, one worker, 1,024 kept-alive upstream connections, passive checks only,"
                        + " X-Forwarded-For, -Proto, -Host, -Port, X-Request-Id and Via set, access log to /dev/null",
                "nginx-proxy.conf",
                Map.of(
                        "tls",
                        tls,
                        "servers",
                        ConfigTemplate.lines(upstreams, "  server 127.0.0.1:%d max_fails=3 fail_timeout=2s;")));
    }

    /**
     * A proxy of an application that listens on a unix socket, as gunicorn's documentation recommends it.
     *
     * @param folder with the socket, and with static files below {@code static}
     */
    public static Nginx app(Path folder, String socket) {
        return new Nginx(
                "one worker, static files, access log to /dev/null",
                "nginx-app.conf",
                Map.of(
                        "folder",
                        folder.toString(),
                        "socket",
                        folder.resolve(socket).toString()));
    }

    /**
     * A server of the files in a folder.
     *
     * @param types lines of the block {@code types}
     * @param uncached paths that clients must revalidate
     */
    public static Nginx files(Path folder, List<String> types, List<String> uncached) {
        return new Nginx(
                "the same files from a folder, one worker, sendfile, tcp_nopush, open_file_cache,"
                        + " gzip_static, the same Cache-Control, access log to /dev/null",
                "nginx-files.conf",
                Map.of(
                        "folder", folder.toString(),
                        "types", ConfigTemplate.lines(types, "  %s;"),
                        "uncached", ConfigTemplate.lines(uncached, "  %s no-cache;")));
    }

    /** A server of event streams by nchan: each channel has a path to publish and one to subscribe. */
    public static Nginx nchan() {
        return new Nginx(
                NCHAN_NAME,
                "nchan, one worker, messages in memory",
                "nginx-nchan.conf",
                Map.of(),
                Optional.of(new Program("ngx_nchan_module.so", "libnginx-mod-nchan")));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        String version =
                PROGRAM.output("-v").strip().replaceAll("^nginx version: ", "").replace('/', ' ');
        return version + ", " + features;
    }

    @Override
    public ServerProcess start(Path folder, int port) {
        String loadModule =
                module.map(one -> "load_module " + one.require() + ";\n").orElse("");
        return start(NAME, loadModule, http(port), folder, port);
    }

    /** The text of the block {@code http}. */
    public String http(int port) {
        return ConfigTemplate.fill(template, values).replace("{{port}}", String.valueOf(port));
    }

    /** Starts nginx with a block {@code http} that listens on a port. */
    static ServerProcess start(String name, String http, Path folder, int port) {
        return start(name, "", http, folder, port);
    }

    private static ServerProcess start(String name, String loadModule, String http, Path folder, int port) {
        boolean root = System.getProperty("user.name").equals("root");
        Path config = ConfigTemplate.write(folder, "nginx.conf", config(loadModule, http, folder, root));
        Path errorLog = folder.resolve("error.log");
        String program = PROGRAM.require().toString();
        return ServerProcess.start(
                name, List.of(program, "-p", folder + "", "-c", config + "", "-e", errorLog + ""), port, folder);
    }

    /**
     * The text of {@code nginx.conf}.
     *
     * @param loadModule a line that loads a module, or nothing
     * @param root whether workers run as root, to read a folder that only root can read
     */
    static String config(String loadModule, String http, Path folder, boolean root) {
        return ConfigTemplate.fill(
                "nginx.conf",
                Map.of(
                        "preamble",
                        loadModule + (root ? "user root;\n" : ""),
                        "connections",
                        loadModule.isEmpty() ? CONNECTIONS : STREAMS,
                        "folder",
                        folder,
                        "http",
                        http.indent(2)));
    }
}
