package io.ratemesh.benchmarks.contender;

import io.ratemesh.benchmarks.process.Program;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** nginx with one worker. All its files are in its own folder. */
public final class Nginx implements Contender {

    public static final String NAME = "nginx";

    private static final Program PROGRAM = new Program("nginx", "nginx");
    private static final String ACCESS_LOG = "access_log /dev/null combined buffer=64k flush=1s;\n";

    private final String features;
    private final String http;

    /** The {@code http} block has the placeholder {{port}}. */
    private Nginx(String features, String http) {
        this.features = features;
        this.http = ACCESS_LOG + http;
    }

    /** A proxy with least connections in front of upstreams, given by their ports. */
    public static Nginx proxy(List<Integer> upstreams) {
        String servers = upstreams.stream()
                .map(upstream -> "  server 127.0.0.1:" + upstream + " max_fails=3 fail_timeout=2s;")
                .collect(Collectors.joining("\n"));
        return new Nginx(
                "least_conn, one worker, 1,024 kept-alive upstream connections, passive checks only,"
                        + " X-Forwarded-For, -Proto, -Host, -Port, X-Request-Id and Via set, access log to /dev/null",
                """
                upstream upstreams {
                  least_conn;
                %s
                  keepalive 1024;
                  keepalive_requests 1000000000;
                }
                server {
                  listen 127.0.0.1:{{port}} backlog=4096;
                  location / {
                    proxy_pass http://upstreams;
                    proxy_http_version 1.1;
                    proxy_set_header Connection "";
                    proxy_set_header Host $http_host;
                    proxy_set_header X-Forwarded-For $remote_addr;
                    proxy_set_header X-Forwarded-Proto $scheme;
                    proxy_set_header X-Forwarded-Host $http_host;
                    proxy_set_header X-Forwarded-Port $server_port;
                    proxy_set_header X-Request-Id $request_id;
                    proxy_set_header Via "1.1 nginx";
                    proxy_next_upstream error timeout;
                  }
                }
                """.formatted(servers));
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
                """
                sendfile on;
                tcp_nopush on;
                gzip_static on;
                gzip_vary on;
                open_file_cache max=1000 inactive=60s;
                open_file_cache_valid 30s;
                types {
                %s}
                map $uri $caching {
                  default "public, max-age=31536000, immutable";
                %s}
                server {
                  listen 127.0.0.1:{{port}} backlog=4096;
                  root %s;
                  index index.html;
                  add_header Cache-Control $caching;
                }
                """.formatted(lines(types, ";"), lines(uncached, " no-cache;"), folder));
    }

    private static String lines(List<String> lines, String suffix) {
        return lines.stream().map(line -> "  " + line + suffix + "\n").collect(Collectors.joining());
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
        return http.replace("{{port}}", String.valueOf(port));
    }

    /** Starts nginx with a block {@code http} that listens on a port. */
    static ServerProcess start(String name, String http, Path folder, int port) {
        boolean root = System.getProperty("user.name").equals("root");
        Path config = ConfigFile.write(folder, "nginx.conf", config(http, folder, root));
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
        return """
                %sdaemon off;
                worker_processes 1;
                worker_rlimit_nofile 16384;
                pid %2$s/nginx.pid;
                error_log %2$s/error.log;
                events { worker_connections 8192; }
                http {
                  client_body_temp_path %2$s/body;
                  proxy_temp_path %2$s/proxy;
                  fastcgi_temp_path %2$s/fastcgi;
                  uwsgi_temp_path %2$s/uwsgi;
                  scgi_temp_path %2$s/scgi;
                  keepalive_timeout 75s;
                  # With the default of 1,000 the load generator would reconnect all the time.
                  keepalive_requests 1000000000;
                %3$s}
                """.formatted(root ? "user root;\n" : "", folder, http.indent(2));
    }
}
