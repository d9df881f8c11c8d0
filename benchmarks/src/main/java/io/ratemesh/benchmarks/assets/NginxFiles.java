package io.ratemesh.benchmarks.assets;

import io.ratemesh.benchmarks.peer.Contender;
import io.ratemesh.benchmarks.peer.Nginx;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * nginx with the assets in a folder.
 *
 * @param assets what lies there
 * @param folder where
 */
record NginxFiles(List<PackedAsset> assets, Path folder) implements Contender {

    NginxFiles {
        assets = List.copyOf(assets);
    }

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public String says() {
        return Nginx.version() + ", the same files from a folder, one worker, sendfile, tcp_nopush, open_file_cache,"
                + " gzip_static, the same Cache-Control, access log to /dev/null";
    }

    @Override
    public ServerProcess start(Path own, int port) {
        return Nginx.start("nginx", http(port), own, port);
    }

    /** What stands in the block {@code http}. */
    String http(int port) {
        return """
                access_log /dev/null combined buffer=64k flush=1s;
                sendfile on;
                tcp_nopush on;
                gzip_static on;
                gzip_vary on;
                open_file_cache max=1000 inactive=60s;
                open_file_cache_valid 30s;
                types {
                %s
                }
                map $uri $caching {
                  default "public, max-age=31536000, immutable";
                %s
                }
                server {
                  listen 127.0.0.1:%d backlog=4096;
                  root %s;
                  index index.html;
                  add_header Cache-Control $caching;
                }
                """.formatted(types(), pages(), port, folder);
    }

    private String types() {
        return assets.stream()
                .map(asset ->
                        "  " + asset.index().mediaType() + " " + asset.index().suffix() + ";")
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    private String pages() {
        return assets.stream()
                .filter(asset -> !asset.index().immutable())
                .map(asset -> "  " + asset.index().path() + " no-cache;")
                .collect(Collectors.joining("\n"));
    }
}
