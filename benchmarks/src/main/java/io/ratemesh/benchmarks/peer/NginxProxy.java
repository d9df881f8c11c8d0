package io.ratemesh.benchmarks.peer;

import io.ratemesh.benchmarks.process.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * nginx as a proxy with least connections.
 *
 * @param upstreams their ports
 */
public record NginxProxy(List<Integer> upstreams) implements Contender {

    public NginxProxy {
        upstreams = List.copyOf(upstreams);
    }

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public String says() {
        return Nginx.version() + ", least_conn, one worker, 1,024 kept-alive upstream connections, passive checks only,"
                + " X-Forwarded-For, -Proto, -Host, -Port, X-Request-Id and Via set, access log to /dev/null";
    }

    @Override
    public ServerProcess start(Path folder, int port) {
        return Nginx.start("nginx", http(port), folder, port);
    }

    /** What stands in the block {@code http}. */
    String http(int port) {
        String servers = upstreams.stream()
                .map(upstream -> "  server 127.0.0.1:" + upstream + " max_fails=3 fail_timeout=2s;")
                .collect(Collectors.joining("\n"));
        return """
                access_log /dev/null combined buffer=64k flush=1s;
                upstream upstreams {
                  least_conn;
                %s
                  keepalive 1024;
                  keepalive_requests 1000000000;
                }
                server {
                  listen 127.0.0.1:%d backlog=4096;
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
                """.formatted(servers, port);
    }
}
