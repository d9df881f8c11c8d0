package io.ratemesh.benchmarks.contender;

import io.ratemesh.benchmarks.process.Program;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** nginx with one worker. All its files are in its own folder. */
public final class Nginx implements Contender {

    public static final String NAME = "nginx";

    private static final Program PROGRAM = new Program("nginx", "nginx");

    private final String features;
    private final String template;
    private final Map<String, String> values;

    private Nginx(String features, String template, Map<String, String> values) {
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

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        String version =
                PROGRAM.output("-v").strip().replaceAll("^nginx version: ", "").replace('/', ' ');
        return version + ", " + features;
    }

    @Override
    public ServerProcess start(Path folder, int port) {
        return start(NAME, http(port), folder, port);
    }

    /** The text of the block {@code http}. */
    public String http(int port) {
        return ConfigTemplate.fill(template, values).replace("{{port}}", String.valueOf(port));
    }

    /** Starts nginx with a block {@code http} that listens on a port. */
    static ServerProcess start(String name, String http, Path folder, int port) {
        boolean root = System.getProperty("user.name").equals("root");
        Path config = ConfigTemplate.write(folder, "nginx.conf", config(http, folder, root));
        Path errorLog = folder.resolve("error.log");
        String program = PROGRAM.require().toString();
        return ServerProcess.start(
                name, List.of(program, "-p", folder + "", "-c", config + "", "-e", errorLog + ""), port, folder);
    }

    /**
     * The text of {@code nginx.conf}.
     *
     * @param root whether workers run as root, to read a folder that only root can read
     */
    static String config(String http, Path folder, boolean root) {
        return ConfigTemplate.fill(
                "nginx.conf", Map.of("user", root ? "user root;\n" : "", "folder", folder, "http", http.indent(2)));
    }
}
