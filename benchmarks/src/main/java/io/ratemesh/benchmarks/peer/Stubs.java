package io.ratemesh.benchmarks.peer;

import io.ratemesh.benchmarks.process.FreePorts;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Upstreams that cost next to nothing: one nginx on several ports that answers everything with the same JSON.
 *
 * @param process that serves them all
 * @param ports of the upstreams
 */
public record Stubs(ServerProcess process, List<Integer> ports) implements AutoCloseable {

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
        ServerProcess process = Nginx.start("upstreams", http(ports), folder.of("upstreams"), ports.get(0));
        process.awaitAnswer("/health");
        return new Stubs(process, ports);
    }

    /** What stands in the block {@code http}. */
    static String http(List<Integer> ports) {
        return ports.stream()
                .map(port -> """
                        server {
                          listen 127.0.0.1:%d backlog=4096;
                          default_type application/json;
                          location / { return 200 '%s'; }
                        }
                        """.formatted(port, ANSWER))
                .collect(Collectors.joining("", "access_log off;\n", ""));
    }

    @Override
    public void close() {
        process.close();
    }
}
