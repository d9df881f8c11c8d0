package io.ratemesh.systemtests.cluster;

import static org.awaitility.Awaitility.await;

import io.ratemesh.systemtests.http.FrontDoor;
import io.ratemesh.systemtests.http.SseReader;
import io.ratemesh.systemtests.process.Jvm;
import io.ratemesh.systemtests.process.PortBlock;
import io.ratemesh.systemtests.process.ServiceJar;
import io.ratemesh.systemtests.process.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;

/**
 * A cluster on this machine, kept apart from every other by its name, its ports and its folder. The constructor claims
 * these; JVMs are started one by one, and {@link #close()} ends those that are left.
 */
public final class ClusterUnderTest implements AutoCloseable {

    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    private final Path folder;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<Jvm> jvms = new ArrayList<>();
    private final Map<ServiceJar, Integer> started = new LinkedHashMap<>();
    private final URI frontDoorUri;
    private final FrontDoor frontDoor;
    private final StatsPort stats;
    private final int converterPort;
    private final FrontDoor converterDoor;

    /**
     * Claims what a cluster needs.
     *
     * @param purpose the beginning of the name of its folder under {@code target/clusters}
     */
    public ClusterUnderTest(String purpose, Feeds feeds) {
        PortBlock ports = PortBlock.find();
        int http = ports.next();
        int statsPort = ports.next();
        converterPort = ports.next();
        try {
            folder = Files.createTempDirectory(
                    Files.createDirectories(Workspace.target().resolve("clusters")), purpose + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path passwordFile = folder.resolve("admin-password");
        settings.put("cluster.name", folder.getFileName().toString());
        settings.put("cluster.port", String.valueOf(ports.cluster()));
        settings.put("rates.feeds", feeds.setting());
        settings.put("converter.stream.heartbeat", "1s");
        settings.put("balancer.http.bind", "127.0.0.1");
        settings.put("balancer.http.port", String.valueOf(http));
        settings.put("balancer.stats.port", String.valueOf(statsPort));
        settings.put("balancer.stats.password-file", passwordFile.toString());
        frontDoorUri = URI.create("http://127.0.0.1:" + http);
        frontDoor = new FrontDoor(frontDoorUri);
        converterDoor = new FrontDoor(URI.create("http://127.0.0.1:" + converterPort));
        stats = new StatsPort(URI.create("http://127.0.0.1:" + statsPort), passwordFile);
    }

    /** One more setting for every JVM that is started from now on. */
    public ClusterUnderTest with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** Starts a rates node, a balancer and so many converters, and waits until they serve. */
    public ClusterUnderTest up(int converters) {
        rates();
        balancer();
        List<Jvm> launched = new ArrayList<>();
        for (int i = 0; i < converters; i++) {
            launched.add(converter());
        }
        launched.forEach(this::awaitServing);
        return this;
    }

    public Jvm rates() {
        return launch(ServiceJar.RATES, "rates");
    }

    public Jvm converter() {
        return launch(ServiceJar.CONVERTER, "converter");
    }

    /** The one converter of a cluster without a balancer, asked through {@link #converterDoor()}. */
    public Jvm converterAlone() {
        settings.put("converter.port", String.valueOf(converterPort));
        return converter();
    }

    /** A converter among others that can be asked past the balancer too, through {@link #converterDoor()}. */
    public Jvm converterAskedDirectly() {
        Jvm converter = converterAlone();
        settings.remove("converter.port");
        return converter;
    }

    /** The same node again: its name, its folder and its log are what the one that ended has left. */
    public Jvm again(Jvm ended) {
        Jvm jvm = start(ended.id(), ended.jar());
        jvms.remove(ended);
        return jvm;
    }

    public Jvm balancer() {
        return launch(ServiceJar.BALANCER, "balancer");
    }

    /** Ends the converters that are left and starts new ones, so that a test finds what it needs, whatever ran before. */
    public List<Jvm> freshConverters(int count) {
        jvms.stream()
                .filter(jvm -> jvm.id().startsWith("converter-") && jvm.isAlive())
                .forEach(Jvm::kill);
        List<Jvm> launched = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            launched.add(converter());
        }
        launched.forEach(this::awaitServing);
        return launched;
    }

    /** The converter of that name. */
    public Jvm jvm(String id) {
        return jvms.stream()
                .filter(jvm -> jvm.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + id + " was started, only " + jvms));
    }

    public FrontDoor frontDoor() {
        return frontDoor;
    }

    /** The port of the converter that {@link #converterAlone()} starts. */
    public FrontDoor converterDoor() {
        return converterDoor;
    }

    /** Where the node of that name keeps its book. */
    public Path dataFolder(String id) {
        return folder.resolve(id);
    }

    public URI frontDoorUri() {
        return frontDoorUri;
    }

    public StatsPort stats() {
        return stats;
    }

    /** What a node of that name is told, as {@code key=value}, to be part of this cluster. */
    public List<String> settingsOf(String id) {
        List<String> given = new ArrayList<>();
        given.add("node.name=" + id);
        given.add("rates.data-dir=" + dataFolder(id));
        settings.forEach((key, value) -> given.add(key + "=" + value));
        return given;
    }

    /** A reader of pairs, through the front door. */
    public SseReader read(String pairs) {
        return SseReader.open(frontDoor.uri("/api/v1/stream?pairs=" + pairs));
    }

    /** A reader of every currency against the euro, through the front door. */
    public SseReader readAll() {
        return SseReader.open(frontDoor.uri("/api/v1/stream"));
    }

    /** Waits until a node has announced itself READY. */
    public void awaitReady(Jvm jvm) {
        patiently(jvm, () -> require(stats.nodeState(jvm.id()).orElse("unseen"), "READY"));
    }

    /** Waits until a converter is READY and the balancer gives it traffic. */
    public void awaitServing(Jvm converter) {
        patiently(converter, () -> {
            require(stats.nodeState(converter.id()).orElse("unseen"), "READY");
            require(stats.converterServes(converter.id()) ? "serves" : "waits", "serves");
        });
    }

    /** Waits until the converter without a balancer answers. */
    public void awaitAnswering(Jvm converter) {
        patiently(
                converter,
                () -> require(converterDoor.get("/health/ready").statusCode() == 200 ? "READY" : "not yet", "READY"));
    }

    /** SIGTERM, and waits until it has left. */
    public int terminate(Jvm jvm) {
        jvm.terminate();
        return jvm.awaitExit(STOP_PATIENCE);
    }

    @Override
    public void close() {
        jvms.forEach(Jvm::close);
    }

    private Jvm launch(ServiceJar jar, String role) {
        return start(role + "-" + started.merge(jar, 1, Integer::sum), jar);
    }

    private Jvm start(String id, ServiceJar jar) {
        List<String> arguments = new ArrayList<>();
        settingsOf(id).forEach(setting -> arguments.addAll(List.of("--set", setting)));
        Jvm jvm = Jvm.start(id, jar, folder, arguments);
        jvms.add(jvm);
        return jvm;
    }

    private void patiently(Jvm jvm, ThrowingRunnable condition) {
        ConditionFactory patience = await(jvm.toString())
                .atMost(START_PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .failFast(jvm + " ended by itself", () -> !jvm.isAlive());
        patience.untilAsserted(() -> {
            try {
                condition.run();
            } catch (UncheckedIOException e) {
                throw new AssertionError("nobody answers yet", e);
            }
        });
    }

    private static void require(String actual, String expected) {
        if (!actual.equals(expected)) {
            throw new AssertionError("state: " + actual + " (expected: " + expected + ")");
        }
    }
}
