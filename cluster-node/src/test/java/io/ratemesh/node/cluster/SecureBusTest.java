package io.ratemesh.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.spi.FilterReply;
import io.ratemesh.node.NodeRole;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.lifecycle.ProbeService;
import io.ratemesh.node.lifecycle.RunningNode;
import io.ratemesh.node.lifecycle.StartException;
import io.ratemesh.node.settings.ClusterTlsSettings;
import io.ratemesh.node.settings.Settings;
import io.ratemesh.node.tls.Certificate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** Who can send and receive on an event bus with mutual TLS. All are members of the same Hazelcast cluster. */
class SecureBusTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final DeliveryOptions SHORT = new DeliveryOptions().setSendTimeout(3000);

    private static ClusterTlsSettings one;
    private static ClusterTlsSettings other;
    private static ClusterTlsSettings foreign;
    private static ClusterTlsSettings expired;

    private final List<String> cluster = List.of(
            "cluster.name=secure-" + UUID.randomUUID(),
            "cluster.port=" + (10_000 + ThreadLocalRandom.current().nextInt(220) * 100));
    private final List<Vertx> buses = new ArrayList<>();
    private final List<RunningNode> nodes = new ArrayList<>();

    /** What a process that should not take part has. */
    enum Outsider {
        NO_TLS,
        CERTIFICATE_OF_ANOTHER_CA,
        EXPIRED_CERTIFICATE;

        /** It trusts everybody and requires nothing, to get as far as it can. */
        EventBusOptions options() throws Exception {
            EventBusOptions options = new EventBusOptions();
            if (this == NO_TLS) {
                return options;
            }
            ClusterTlsSettings files = this == EXPIRED_CERTIFICATE ? expired : foreign;
            Certificate certificate =
                    Certificate.of(Files.readAllBytes(files.certificates()), Files.readAllBytes(files.key()));
            return options.setSsl(true).setKeyCertOptions(certificate.options()).setTrustAll(true);
        }
    }

    @BeforeAll
    static void make(@TempDir Path folder) throws Exception {
        TestAuthority authority = new TestAuthority(folder, "ours");
        one = authority.sign("one");
        other = authority.sign("other");
        expired = authority.sign("expired", "-startdate", "-3d", "-validity", "1");
        foreign = new TestAuthority(folder, "theirs").sign("three");
    }

    @AfterEach
    void leave() {
        buses.forEach(bus -> awaited(bus.close()));
        nodes.forEach(node -> awaited(node.stop()));
    }

    @ParameterizedTest
    @EnumSource
    void an_outsider_can_neither_send_nor_receive(Outsider outsider) throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        Vertx first = bus(secured(one), "first", received);
        Vertx second = bus(secured(other), "second", received);
        Vertx outside = bus(outsider.options(), "outside", received);

        assertThat(awaited(second.eventBus().request("first", "hello", SHORT)).body())
                .isEqualTo("first got hello");
        assertThat(awaited(first.eventBus().request("second", "hello", SHORT)).body())
                .isEqualTo("second got hello");
        received.clear();
        assertThatThrownBy(() -> awaited(outside.eventBus().request("first", "forged", SHORT)));
        assertThatThrownBy(() -> awaited(first.eventBus().request("outside", "confidential", SHORT)));
        assertThat(received).isEmpty();
    }

    @Test
    void a_node_with_another_certificate_is_logged_once_a_minute_however_many_messages_it_is_sent() throws Exception {
        Vertx first = bus(secured(one), "first", new ArrayList<>());
        bus(Outsider.CERTIFICATE_OF_ANOTHER_CA.options(), "outside", new ArrayList<>());
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Appender<ILoggingEvent> console = root.iteratorForAppenders().next();
        StackTraces traces = new StackTraces();
        root.addAppender(traces);
        try {
            for (int message = 1; message <= 3; message++) {
                int sent = message;
                first.eventBus().send("outside", "confidential");
                await().atMost(TIMEOUT).until(() -> traces.events.size() >= sent);
            }
        } finally {
            root.detachAppender(traces);
        }

        assertThat(traces.events)
                .allSatisfy(event -> assertThat(console.getFilterChainDecision(event))
                        .as(event.toString())
                        .isEqualTo(FilterReply.DENY));
    }

    /** What is logged with an exception, before any filter. */
    private static final class StackTraces extends AppenderBase<ILoggingEvent> {

        private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

        private StackTraces() {
            start();
        }

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getThrowableProxy() != null) {
                events.add(event);
            }
        }
    }

    @Test
    void nodes_with_certificates_of_the_same_CA_see_each_other_and_say_until_when() {
        Node first = node(NodeRole.BALANCER, one);
        Node second = node(NodeRole.CONVERTER, other);

        sees(first, second);
        sees(second, first);
        assertThat(first.meters().scrape())
                .containsPattern("ratemesh_cluster_certificate_expiry_timestamp_seconds \\d");
    }

    @Test
    void a_node_with_a_certificate_of_another_CA_is_seen_by_nobody() {
        Node first = node(NodeRole.BALANCER, one);
        Node stranger = node(NodeRole.CONVERTER, foreign);
        Node second = node(NodeRole.CONVERTER, other);

        sees(first, second);
        assertThat(first.directory().present()).noneMatch(node -> node.id().equals(stranger.id()));
        assertThat(stranger.directory().present()).noneMatch(node -> node.id().equals(first.id()));
    }

    @Test
    void a_node_without_TLS_does_not_start_beside_one_with_it_nor_the_other_way_round() {
        node(NodeRole.BALANCER, one);

        assertThatThrownBy(() -> awaited(start(NodeRole.CONVERTER, List.of())))
                .hasRootCauseInstanceOf(StartException.class)
                .rootCause()
                .hasMessageMatching("cluster\\.tls: is not set, but 127\\.0\\.0\\.1:\\d+ has it;"
                        + " give every node of the cluster a certificate, or none");
        awaited(nodes.remove(0).stop());
        nodes.add(awaited(start(NodeRole.BALANCER, List.of())));
        assertThatThrownBy(() -> awaited(start(NodeRole.CONVERTER, sets(one))))
                .rootCause()
                .hasMessageContaining("cluster.tls: is set, but ");
    }

    private static EventBusOptions secured(ClusterTlsSettings files) {
        EventBusOptions options = new EventBusOptions();
        BusTls.read(files, Instant.now()).apply(options);
        return options;
    }

    private Vertx bus(EventBusOptions options, String address, List<String> received) {
        Settings settings = Settings.load(Optional.empty(), cluster, Map.of());
        HazelcastClusterManager manager = new HazelcastClusterManager(
                HazelcastSetup.configure(settings.cluster(), "127.0.0.1", NodeRole.CONVERTER));
        Vertx vertx = awaited(Vertx.builder()
                .with(new VertxOptions().setEventBusOptions(options.setHost("127.0.0.1")))
                .withClusterManager(manager)
                .buildClustered());
        buses.add(vertx);
        awaited(vertx.eventBus()
                .<String>consumer(address, message -> {
                    received.add(message.body());
                    message.reply(address + " got " + message.body());
                })
                .completion());
        return vertx;
    }

    private Node node(NodeRole role, ClusterTlsSettings files) {
        RunningNode node = awaited(start(role, sets(files)));
        nodes.add(node);
        return node.node();
    }

    private Future<RunningNode> start(NodeRole role, List<String> more) {
        List<String> sets = new ArrayList<>(cluster);
        sets.addAll(more);
        return RunningNode.start(new ProbeService(role), Settings.load(Optional.empty(), sets, Map.of()), () -> {});
    }

    private static List<String> sets(ClusterTlsSettings files) {
        return List.of(
                "cluster.tls.cert=" + files.certificates(),
                "cluster.tls.key=" + files.key(),
                "cluster.tls.ca=" + files.ca());
    }

    private static void sees(Node observer, Node observed) {
        await().atMost(TIMEOUT)
                .until(() -> observer.directory().present().stream()
                        .anyMatch(node -> node.id().equals(observed.id())));
    }

    private static <T> T awaited(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
