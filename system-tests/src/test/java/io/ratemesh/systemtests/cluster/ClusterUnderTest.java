package io.ratemesh.systemtests.cluster;

import static org.awaitility.Awaitility.await;

import io.ratemesh.systemtests.http.ApiClient;
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

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    /** A balancer that is not the first one. */
    public record AddedBalancer(Jvm jvm, ApiClient api, StatsPort stats) {}

    private final PortBlock ports = PortBlock.find();
    private final Path folder;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<Jvm> jvms = new ArrayList<>();
    private final List<ScriptedLauncher> launchers = new ArrayList<>();
    private final Map<ServiceJar, Integer> started = new LinkedHashMap<>();
    private final URI uri;
    private final ApiClient api;
    private final StatsPort stats;
    private final int converterPort;
    private final ApiClient converterApi;

    /**
     * Claims what a cluster needs.
     *
     * @param purpose the beginning of the name of its folder under {@code target/clusters}
     */
    public ClusterUnderTest(String purpose, Feeds feeds) {
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
        uri = URI.create("http://127.0.0.1:" + http);
        api = new ApiClient(uri);
        converterApi = new ApiClient(URI.create("http://127.0.0.1:" + converterPort));
        stats = new StatsPort(URI.create("http://127.0.0.1:" + statsPort), passwordFile);
    }

    /** Adds a setting for every JVM that is started later. */
    public ClusterUnderTest with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** Lets the scaler start converters with the settings so far; they end with the cluster. */
    public ClusterUnderTest withLauncher() {
        List<String> given = new ArrayList<>();
        settings.forEach((key, value) -> given.add(key + "=" + value));
        launchers.add(ScriptedLauncher.in(folder, given));
        return this;
    }

    /** Starts a rates node, a balancer and converters, and waits until they serve. */
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

    /** The only converter of a cluster without a balancer, reached through {@link #converterApi()}. */
    public Jvm converterAlone() {
        settings.put("converter.port", String.valueOf(converterPort));
        return converter();
    }

    /** One of several converters, which can also be reached directly through {@link #converterApi()}. */
    public Jvm converterWithPort() {
        Jvm converter = converterAlone();
        settings.remove("converter.port");
        return converter;
    }

    /** Restarts a node that has ended, with its name, folder and log. */
    public Jvm again(Jvm ended) {
        Jvm jvm = start(ended.id(), ended.jar());
        jvms.remove(ended);
        return jvm;
    }

    public Jvm balancer() {
        return launch(ServiceJar.BALANCER, "balancer");
    }

    /** One more balancer, on ports of its own. */
    public AddedBalancer balancerBeside() {
        int http = ports.next();
        int statsPort = ports.next();
        Map<String, String> changed =
                Map.of("balancer.http.port", String.valueOf(http), "balancer.stats.port", String.valueOf(statsPort));
        Map<String, String> first = Map.copyOf(settings);
        settings.putAll(changed);
        Jvm jvm = balancer();
        settings.putAll(first);
        return new AddedBalancer(
                jvm,
                new ApiClient(URI.create("http://127.0.0.1:" + http)),
                new StatsPort(URI.create("http://127.0.0.1:" + statsPort), stats.passwordFile()));
    }

    /** Ends all running converters and starts new ones, so that a test does not depend on earlier tests. */
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

    /**
     * Undoes what tests did: restarts the nodes that were killed, switches the scaler off, ends the converters that it has started,
     * takes back orders to servers, and waits until all converters serve.
     */
    public void restore() {
        jvms.stream().filter(jvm -> !jvm.isAlive()).toList().forEach(this::again);
        List<Jvm> converters =
                jvms.stream().filter(jvm -> jvm.jar() == ServiceJar.CONVERTER).toList();
        for (Jvm converter : converters) {
            String server = "/admin/pools/converters/servers/" + converter.id();
            awaitCondition(converter, () -> {
                requireAccepted("/admin/scale", "{\"auto\":false}");
                requireAccepted(server, "{\"state\":\"ready\",\"weight\":1}");
            });
            awaitServing(converter);
        }
        launchers.forEach(ScriptedLauncher::close);
        List<String> own = converters.stream().map(Jvm::id).sorted().toList();
        await("only " + own)
                .atMost(START_TIMEOUT)
                .until(() ->
                        stats.servingConverters().stream().sorted().toList().equals(own));
    }

    private void requireAccepted(String path, String command) {
        require(path + ": " + stats.post(path, command).statusCode(), path + ": 200");
    }

    /** The converter of that name. */
    public Jvm jvm(String id) {
        return jvms.stream()
                .filter(jvm -> jvm.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + id + " was started, only " + jvms));
    }

    public ApiClient api() {
        return api;
    }

    /** The port of the converter that {@link #converterAlone()} starts. */
    public ApiClient converterApi() {
        return converterApi;
    }

    /** Where the node of that name keeps its book. */
    public Path dataFolder(String id) {
        return folder.resolve(id);
    }

    public URI uri() {
        return uri;
    }

    public StatsPort stats() {
        return stats;
    }

    /** The settings, as {@code key=value}, with which a node joins this cluster. */
    public List<String> settingsOf(String id) {
        List<String> given = new ArrayList<>();
        given.add("node.name=" + id);
        given.add("rates.data-dir=" + dataFolder(id));
        settings.forEach((key, value) -> given.add(key + "=" + value));
        return given;
    }

    /** A stream of pairs, through the balancer. */
    public SseReader read(String pairs) {
        return SseReader.open(api.uri("/api/v1/stream?pairs=" + pairs));
    }

    /** A stream of every currency against the euro, through the balancer. */
    public SseReader readAll() {
        return SseReader.open(api.uri("/api/v1/stream"));
    }

    /** Waits until a node has announced itself READY. */
    public void awaitReady(Jvm jvm) {
        awaitCondition(jvm, () -> require(stats.nodeState(jvm.id()).orElse("unseen"), "READY"));
    }

    /** Waits until a converter is READY and the balancer gives it traffic. */
    public void awaitServing(Jvm converter) {
        awaitCondition(converter, () -> {
            require(stats.nodeState(converter.id()).orElse("unseen"), "READY");
            require(stats.converterServes(converter.id()) ? "serves" : "waits", "serves");
        });
    }

    /** Waits until the converter without a balancer responds. */
    public void awaitResponding(Jvm converter) {
        awaitCondition(
                converter,
                () -> require(converterApi.get("/health/ready").statusCode() == 200 ? "READY" : "not yet", "READY"));
    }

    /** Sends SIGTERM and waits for the end. */
    public int terminate(Jvm jvm) {
        jvm.terminate();
        return jvm.awaitExit(STOP_TIMEOUT);
    }

    @Override
    public void close() {
        jvms.forEach(Jvm::close);
        launchers.forEach(ScriptedLauncher::close);
    }

    /** All JVMs that were started here, ended ones included. */
    public List<Jvm> jvms() {
        return List.copyOf(jvms);
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

    private void awaitCondition(Jvm jvm, ThrowingRunnable condition) {
        ConditionFactory timeout = await(jvm.toString())
                .atMost(START_TIMEOUT)
                .pollInterval(Duration.ofMillis(100))
                .failFast(jvm + " ended by itself", () -> !jvm.isAlive());
        timeout.untilAsserted(() -> {
            try {
                condition.run();
            } catch (UncheckedIOException e) {
                throw new AssertionError("no response yet", e);
            }
        });
    }

    private static void require(String actual, String expected) {
        if (!actual.equals(expected)) {
            throw new AssertionError("state: " + actual + " instead of " + expected);
        }
    }
}
