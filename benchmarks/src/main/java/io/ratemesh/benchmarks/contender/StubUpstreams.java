package io.ratemesh.benchmarks.contender;

import io.ratemesh.benchmarks.process.FreePorts;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Upstreams that use little CPU time: one nginx on several ports. It responds with the same JSON to all paths except those that
 * end in {@link #LARGE} and {@link #UPLOAD}.
 *
 * @param process empty without upstreams
 */
public record StubUpstreams(Optional<ServerProcess> process, List<Integer> ports) implements AutoCloseable {

    public static final int DEFAULT_COUNT = 3;

    /** The end of paths that respond with {@link #LARGE_BYTES} bytes. */
    public static final String LARGE = "large";

    public static final int LARGE_BYTES = 1_000_000;

    /** The end of paths that respond after the whole request body has arrived. */
    public static final String UPLOAD = "upload";

    private static final String LARGE_FILE = "large.bin";

    /** 119 bytes, about as many as a conversion has. */
    static final String BODY = "{\"from\":\"USD\",\"to\":\"JPY\",\"amount\":\"10000250.7\",\"result\":\"1623430974\","
            + "\"asOf\":\"2026-07-06T14:00:00Z\",\"date\":\"2026-07-06\"}";

    public StubUpstreams {
        ports = List.copyOf(ports);
    }

    /** Starts a number of upstreams and waits until they are ready. */
    public static StubUpstreams start(int count, RunFolder folder) {
        if (count == 0) {
            return new StubUpstreams(Optional.empty(), List.of());
        }
        List<Integer> ports =
                Stream.generate(FreePorts::next).distinct().limit(count).toList();
        Path files = folder.subfolder("upstreams");
        ConfigTemplate.write(files, LARGE_FILE, "x".repeat(LARGE_BYTES));
        ServerProcess process = Nginx.start("upstreams", http(ports, files), files, ports.get(0));
        process.awaitReady("/health");
        return new StubUpstreams(Optional.of(process), ports);
    }

    /** The text of the block {@code http}. */
    static String http(List<Integer> ports, Path files) {
        return ports.stream()
                .map(port ->
                        ConfigTemplate.fill("nginx-upstream.conf", Map.of("port", port, "body", BODY, "folder", files)))
                .collect(Collectors.joining("", "access_log off;\nsendfile on;\n", ""));
    }

    @Override
    public void close() {
        process.ifPresent(ServerProcess::close);
    }
}
