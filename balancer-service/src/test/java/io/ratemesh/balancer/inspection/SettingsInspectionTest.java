package io.ratemesh.balancer.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.listener.TestCertificate;
import io.ratemesh.node.lifecycle.SettingsReport;
import io.ratemesh.node.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsInspectionTest {

    /** A balancer with nothing to warn of. */
    private static final List<String> SOUND = List.of(
            "cluster.enabled=false",
            "balancer.pools.web.servers=[\"10.0.0.11:80\", \"10.0.0.12:80\"]",
            "balancer.routes=[{path: /, pool: web}]");

    private final Path folder;

    SettingsInspectionTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void sound_settings_have_no_faults_and_no_warnings() {
        assertThat(inspect()).isEqualTo(SettingsReport.EMPTY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        balancer.pools.web.check.type=none                       | balancer.pools.web.check.type: without health checks
        balancer.pools.web.check={method: HEAD, expect-body: ok} | balancer.pools.web.check.expect-body: the response to HEAD
        balancer.pools.web.check.fall=1                          | balancer.pools.web.check.fall: a single failed check
        balancer.pools.web.check={interval: 1s, timeout: 2s}     | balancer.pools.web.check.timeout: a check may take longer
        balancer.pools.web.servers=["10.0.0.11:80"]              | balancer.pools.web.servers: the pool has one server
        balancer.pools.web.servers=["a:1 backup", "b:1 backup"]  | balancer.pools.web.servers: every server is a backup
        balancer.pools.web={max-in-flight: 9, queue: {limit: 0}} | balancer.pools.web.max-in-flight: there is no queue
        balancer.pools.web.response-timeout=0                    | balancer.pools.web.response-timeout: a request to a server
        balancer.pools.spare.servers=["a:1", "b:1"]              | balancer.pools.spare: no route uses this pool
        balancer.routes=[{path: /a/, pool: web}]                 | balancer.routes: no route has the path /
        balancer.routes=[{path: /, pool: web}, {path: /a/../b, pool: web}] | balancer.routes[1].path: "/a/../b" matches no request
        balancer.pools.web={dns: {name: a.internal, port: 80, max-servers: 1}, servers: []} | balancer.pools.web.dns.max-servers: only one of
        balancer.pools.web={dns: {srv: a.internal}, servers: [], resolve: {min: 500ms}}     | balancer.pools.web.resolve.min: a name server may be asked
        balancer.pools.web={dns: {name: a.internal, port: 80}, servers: [], tls: {verify: true}} | balancer.pools.web.tls.server-name: servers are found by address
        balancer.pools.web.check.agent.port=80                   | balancer.pools.web.check.agent.port: a server of the pool listens
        balancer.stats.bind=0.0.0.0                              | balancer.stats.bind: the stats port is open to all
        balancer.stats.bind=::                                   | balancer.stats.bind: the stats port is open to all
        balancer.stats.metrics-from=["0.0.0.0/0"]                | balancer.stats.metrics-from: everybody
        balancer.trusted-proxies=["::/0"]                        | balancer.trusted-proxies: every client is trusted
        balancer.http.proxy-protocol=true                        | balancer.http.proxy-protocol: every client can pretend
        balancer.tcp=[{port: 25, servers: ["a:1", "b:1"], proxy-protocol: true}] | balancer.tcp[0].proxy-protocol: every client
        balancer.tcp=[{port: 25, servers: ["a:1"]}]              | balancer.tcp[0].servers: the pool has one server
        balancer.static.dir=missing                              | balancer.static.dir: missing is not a folder
        """)
    void what_is_valid_and_unwise_is_one_warning(String setting, String expected) {
        SettingsReport report = inspect(setting);

        assertThat(report.faults()).isEmpty();
        assertThat(report.warnings())
                .singleElement()
                .asString()
                .startsWith(expected)
                .contains("; ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "balancer.trusted-proxies=[\"10.0.0.0/8\"]",
                "balancer.pools.web.check={interval: 2s, timeout: 2s, fall: 2}",
                "balancer.pools.web.max-in-flight=9",
                "balancer.pools.web={dns: {name: a.internal, port: 80}, servers: []}",
                "balancer.pools.web.check.agent.port=9999",
                "balancer.routes=[{path: /, pool: web}, {path: /a%20b/, pool: web}, {path: /a.b, pool: web}]",
                "balancer.static.enabled=true",
                "balancer.access-log.to=stdout"
            })
    void what_is_reasonable_is_no_warning(String setting) {
        assertThat(inspect(setting)).isEqualTo(SettingsReport.EMPTY);
    }

    @Test
    void a_cluster_that_is_open_to_other_machines_needs_a_secret() {
        String open = "cluster.bind=10.0.0.0/8";

        assertThat(inspectAll(List.of(open)).warnings())
                .singleElement()
                .asString()
                .startsWith("cluster.bind: \"10.0.0.0/8\" is open to other machines");
        assertThat(inspectAll(List.of(open, "cluster.secret-file=secret")).warnings())
                .isEmpty();
        assertThat(inspectAll(List.of()).warnings()).isEmpty();
    }

    @Test
    void a_pool_of_converters_must_wait_longer_than_streams_are_silent() {
        assertThat(inspectAll(List.of("balancer.pools.converters.response-timeout=10s"))
                        .warnings())
                .singleElement()
                .asString()
                .startsWith("balancer.pools.converters.response-timeout: it ends streams");
    }

    @Test
    void a_certificate_is_read_with_its_key_and_its_end_is_announced() throws Exception {
        TestCertificate certificate = new TestCertificate(folder, "site");
        TestCertificate other = new TestCertificate(folder, "other");
        Path file = folder.resolve("cert.pem");
        Path key = folder.resolve("key.pem");
        certificate.writeTo(file, key);
        makePrivate(key);
        List<String> tls = new ArrayList<>(SOUND);
        tls.add("balancer.tls={cert: " + file + ", key: " + key + "}");
        Instant end = certificate.certificate.getNotAfter().toInstant();
        Instant begin = certificate.certificate.getNotBefore().toInstant();

        assertThat(inspectAll(tls, begin.plusSeconds(1))).isEqualTo(SettingsReport.EMPTY);
        assertThat(inspectAll(tls, end.minus(Duration.ofDays(29))).warnings())
                .containsExactly("balancer.tls.cert: the certificate expires in 29 days, at " + end + "; renew it");
        assertThat(inspectAll(tls, end.plusSeconds(1)).warnings())
                .containsExactly("balancer.tls.cert: the certificate expired at " + end + "; replace it");
        assertThat(inspectAll(tls, begin.minusSeconds(1)).warnings())
                .singleElement()
                .asString()
                .contains("is valid only from");

        Files.writeString(key, Files.readString(key) + Files.readString(file));
        assertThat(inspectAll(tls, begin.plusSeconds(1)).faults()).isEmpty();

        other.writeTo(folder.resolve("other.pem"), key);
        assertThat(inspectAll(tls, begin.plusSeconds(1)).faults())
                .singleElement()
                .asString()
                .startsWith("balancer.tls: " + file + " and " + key + " are not a certificate and its key in PEM: ");
    }

    @Test
    void a_file_with_certificate_and_key_as_HAProxy_has_it_is_both() throws Exception {
        TestCertificate certificate = new TestCertificate(folder, "site");
        certificate.writeTo(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        Path both = Files.writeString(
                folder.resolve("both.pem"),
                Files.readString(folder.resolve("cert.pem")) + Files.readString(folder.resolve("key.pem")));

        assertThat(inspect("balancer.tls={cert: " + both + ", key: " + both + "}")
                        .faults())
                .isEmpty();
    }

    @Test
    void all_files_that_cannot_be_used_are_named_at_once() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");

        assertThat(inspect(
                                "balancer.tls={cert: no.pem, key: no.key}",
                                "balancer.stats.viewer-password-file=" + folder.resolve("missing"),
                                "balancer.stats.password-file=" + empty,
                                "balancer.affinity-key-file=" + empty,
                                "balancer.pools.web.affinity={cookie: SRV}",
                                "balancer.access-log.to=" + empty.resolve("access.log"))
                        .faults())
                .satisfiesExactlyInAnyOrder(
                        fault -> assertThat(fault).startsWith("balancer.tls: no.pem and no.key are not"),
                        fault -> assertThat(fault).startsWith("balancer.stats.viewer-password-file: "),
                        fault -> assertThat(fault)
                                .startsWith("balancer.stats.password-file: ")
                                .contains("is empty"),
                        fault -> assertThat(fault)
                                .startsWith("balancer.affinity-key-file: ")
                                .contains("is empty"),
                        fault -> assertThat(fault).startsWith("balancer.access-log.to: "));
    }

    @Test
    void a_password_that_every_user_of_the_machine_can_read_is_a_warning_and_a_missing_one_is_not_made()
            throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "long-enough-to-be-one");
        String setting = "balancer.stats.password-file=" + password;

        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(inspect(setting).warnings())
                .containsExactly("balancer.stats.password-file: every user of this machine can read the password in "
                        + password + "; chmod 600 it");
        makePrivate(password);
        assertThat(inspect(setting)).isEqualTo(SettingsReport.EMPTY);
        Files.delete(password);
        assertThat(inspect(setting)).isEqualTo(SettingsReport.EMPTY);
        assertThat(password).doesNotExist();
    }

    private static void makePrivate(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private SettingsReport inspect(String... settings) {
        List<String> all = new ArrayList<>(SOUND);
        all.addAll(List.of(settings));
        return inspectAll(all);
    }

    private SettingsReport inspectAll(List<String> settings) {
        return inspectAll(settings, Instant.now());
    }

    private SettingsReport inspectAll(List<String> settings, Instant now) {
        List<String> all = new ArrayList<>(List.of("balancer.stats.password-file=" + folder.resolve("no-password")));
        all.addAll(settings);
        return SettingsInspection.of(Settings.load(Optional.empty(), all, Map.of()), now);
    }
}
