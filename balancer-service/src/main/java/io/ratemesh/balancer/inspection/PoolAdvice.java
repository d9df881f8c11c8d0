package io.ratemesh.balancer.inspection;

import io.ratemesh.node.settings.BalancerSettings;
import io.ratemesh.node.settings.CheckSettings;
import io.ratemesh.node.settings.DnsSettings;
import io.ratemesh.node.settings.PoolSettings;
import io.ratemesh.node.settings.ServerSettings;
import io.ratemesh.node.settings.Settings;
import io.ratemesh.node.settings.TcpSettings;
import java.time.Duration;
import java.util.List;

/** Warns of pools that a single failure stops, or that hide one. */
final class PoolAdvice {

    private static final Duration SHORT_INTERVAL = Duration.ofSeconds(1);

    private PoolAdvice() {}

    static void add(Settings settings, SettingsWarnings warnings) {
        BalancerSettings balancer = settings.balancer();
        balancer.pools().forEach(pool -> {
            String key = "balancer.pools." + pool.name();
            add(key, pool, warnings);
            addOfResponses(key, pool, settings.converter().heartbeat(), warnings);
        });
        List<TcpSettings> ports = balancer.tcp();
        for (int i = 0; i < ports.size(); i++) {
            add("balancer.tcp[" + i + "]", ports.get(i).pool(), warnings);
        }
    }

    private static void add(String key, PoolSettings pool, SettingsWarnings warnings) {
        List<ServerSettings> servers = pool.servers();
        warnings.addIf(
                pool.isListed() && servers.size() == 1,
                key + ".servers",
                "the pool has one server, and none takes over when it fails",
                "list a second one");
        warnings.addIf(
                servers.size() > 1 && servers.stream().allMatch(ServerSettings::backup),
                key + ".servers",
                "every server is a backup",
                "remove backup from those that should get requests first");
        addOfDns(key, pool, warnings);
        addOfAgent(key + ".check.agent.port", pool, warnings);
        addOfChecks(key + ".check", pool, warnings);
        warnings.addIf(
                pool.maxInFlight() > 0 && pool.queue().limit() == 0,
                key + ".max-in-flight",
                "there is no queue, so what exceeds it for a moment is rejected",
                "set queue.limit above 0");
    }

    private static void addOfChecks(String key, PoolSettings pool, SettingsWarnings warnings) {
        if (!pool.hasChecks()) {
            warnings.add(
                    key + ".type",
                    "without health checks, a server that is down is found by requests that fail",
                    "use http or tcp");
            return;
        }
        CheckSettings check = pool.check();
        warnings.addIf(
                check.http().method().equals("HEAD") && check.http().body().isPresent(),
                key + ".expect-body",
                "the response to HEAD has no body, so only its status is checked",
                "use method: GET, or remove this setting");
        warnings.addIf(
                check.fall() == 1,
                key + ".fall",
                "a single failed check takes a server out of service",
                "use 2 or more");
        warnings.addIf(
                check.timeout().compareTo(check.interval()) > 0,
                key + ".timeout",
                "a check may take longer than the interval of the checks",
                "use at most the interval");
    }

    private static void addOfAgent(String key, PoolSettings pool, SettingsWarnings warnings) {
        pool.check()
                .agent()
                .ifPresent(agent -> warnings.addIf(
                        pool.servers().stream().anyMatch(server -> server.port() == agent.port()),
                        key,
                        "a server of the pool listens on this port itself, so nothing there sends the line of an agent",
                        "use the port of the agent"));
    }

    private static void addOfDns(String key, PoolSettings pool, SettingsWarnings warnings) {
        if (pool.dns().isEmpty()) {
            return;
        }
        DnsSettings dns = pool.dns().get();
        warnings.addIf(
                dns.maxServers() == 1,
                key + ".dns.max-servers",
                "only one of the servers is used, and none takes over when it fails",
                "use 2 or more");
        warnings.addIf(
                pool.resolve().min().compareTo(SHORT_INTERVAL) < 0,
                key + ".resolve.min",
                "a name server may be asked several times a second",
                "use 1s or more");
        warnings.addIf(
                !dns.service()
                        && pool.connection()
                                .tls()
                                .filter(tls -> tls.verify() && tls.serverName().isEmpty())
                                .isPresent(),
                key + ".tls.server-name",
                "servers are found by address, so the certificate of each must be for its address",
                "set the name that the certificates have, such as " + dns.name());
    }

    private static void addOfResponses(String key, PoolSettings pool, Duration heartbeat, SettingsWarnings warnings) {
        Duration timeout = pool.timeouts().response();
        warnings.addIf(
                timeout.isZero(),
                key + ".response-timeout",
                "a request to a server that sends nothing never ends",
                "set a time");
        warnings.addIf(
                pool.discover().isPresent() && !timeout.isZero() && timeout.compareTo(heartbeat) <= 0,
                key + ".response-timeout",
                "it ends streams of rates between two heartbeats",
                "use more than converter.stream.heartbeat");
    }
}
