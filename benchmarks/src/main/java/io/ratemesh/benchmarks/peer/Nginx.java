package io.ratemesh.benchmarks.peer;

import io.ratemesh.benchmarks.process.Program;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.nio.file.Path;
import java.util.List;

/** nginx with one worker, nothing of it outside the folder it is given. */
public final class Nginx {

    private static final Program PROGRAM = new Program("nginx", "nginx");

    private Nginx() {}

    /** {@code nginx 1.22.1}. */
    public static String version() {
        return PROGRAM.output("-v").strip().replaceAll("^nginx version: ", "").replace('/', ' ');
    }

    /**
     * Starts it.
     *
     * @param name of the process, for its log
     * @param http what stands in the block {@code http}
     * @param port where that lets it listen
     */
    public static ServerProcess start(String name, String http, Path folder, int port) {
        boolean root = System.getProperty("user.name").equals("root");
        Path config = ConfigFile.write(folder, "nginx.conf", config(http, folder, root));
        return ServerProcess.start(
                name,
                List.of(
                        PROGRAM.require().toString(),
                        "-p",
                        folder.toString(),
                        "-c",
                        config.toString(),
                        "-e",
                        folder.resolve("error.log").toString()),
                port,
                folder);
    }

    /**
     * What {@code nginx.conf} says.
     *
     * @param root whether its workers must stay root to read a folder that is root's alone
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
                  # Its default of 1,000 would have it close, and the load generator connect, all the time.
                  keepalive_requests 1000000000;
                %3$s}
                """.formatted(root ? "user root;\n" : "", folder, http.indent(2));
    }
}
