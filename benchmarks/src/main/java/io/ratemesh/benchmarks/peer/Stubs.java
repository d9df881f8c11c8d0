package io.ratemesh.benchmarks.peer;

import io.ratemesh.benchmarks.process.FreePorts;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Upstreams that cost next to nothing: one nginx on several ports that answers with the same JSON whatever is asked, but for paths
 * that end in {@link #LARGE} and {@link #UPLOAD}.
 *
 * @param process that serves them all
 * @param ports of the upstreams
 */
public record Stubs(ServerProcess process, List<Integer> ports) implements AutoCloseable {

    /** How many there are where nothing else is asked for. */
    public static final int USUAL = 3;

    /** A path that ends so is answered with {@link #LARGE_BYTES} bytes. */
    public static final String LARGE = "large";

    public static final int LARGE_BYTES = 1_000_000;

    /** A path that ends so is answered when the whole body of the request is there, and not before. */
    public static final String UPLOAD = "upload";

    private static final String LARGE_FILE = "large.bin";

    /** 119 bytes, about as many as a conversion has. */
    static final String ANSWER = "{\"from\":\"USD\",\"to\":\"JPY\",\"amount\":\"10000250.7\",\"result\":\"1623430974\","
            + "\"asOf\":\"2026-07-06T14:00:00Z\",\"date\":\"2026-07-06\"}";

    public Stubs {
        ports = List.copyOf(ports);
    }

    /** Starts as many, and waits until they answer. */
    public static Stubs start(int count, RunFolder folder) {
        List<Integer> ports =
                Stream.generate(FreePorts::next).distinct().limit(count).toList();
        Path place = folder.of("upstreams");
        ConfigFile.write(place, LARGE_FILE, "x".repeat(LARGE_BYTES));
        ServerProcess process = Nginx.start("upstreams", http(ports, place), place, ports.get(0));
        process.awaitAnswer("/health");
        return new Stubs(process, ports);
    }

    /** What stands in the block {@code http}. */
    static String http(List<Integer> ports, Path files) {
        return ports.stream()
                .map(port -> """
                        server {
                          listen 127.0.0.1:%1$d backlog=4096;
                          default_type application/json;
                          location / { return 200 '%2$s'; }
                          location ~ /large$ {
                            root %3$s;
                            rewrite ^ /large.bin break;
                          }
                          # A server that is asked by nginx gets no request before its body is whole.
                          location ~ /upload$ {
                            rewrite ^ /uploaded break;
                            proxy_pass http://127.0.0.1:%1$d;
                          }
                        }
                        """.formatted(port, ANSWER, files))
                .collect(Collectors.joining("", "access_log off;\nsendfile on;\n", ""));
    }

    @Override
    public void close() {
        process.close();
    }
}
