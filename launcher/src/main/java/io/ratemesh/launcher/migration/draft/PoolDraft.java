package io.ratemesh.launcher.migration.draft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings of a pool, or of a TCP port with its servers. Keys are relative to it, such as {@code check.path}. */
public final class PoolDraft {

    public static final DurationText.Range CONNECT =
            new DurationText.Range("connect-timeout", 10, 5 * DurationText.MINUTE);
    public static final DurationText.Range RESPONSE =
            new DurationText.Range("response-timeout", 0, 24 * DurationText.HOUR);
    public static final DurationText.Range IDLE = new DurationText.Range("idle-timeout", 100, 8760 * DurationText.HOUR);
    public static final DurationText.Range KEEP_ALIVE = new DurationText.Range("keep-alive", 0, DurationText.HOUR);
    public static final DurationText.Range QUEUE = new DurationText.Range("queue.timeout", 10, 5 * DurationText.MINUTE);
    public static final DurationText.Range SLOW_START = new DurationText.Range("slow-start", 0, DurationText.HOUR);
    public static final DurationText.Range CHECK_INTERVAL =
            new DurationText.Range("check.interval", 100, DurationText.HOUR);
    public static final DurationText.Range CHECK_FAST_INTERVAL =
            new DurationText.Range("check.fast-interval", 100, DurationText.HOUR);
    public static final DurationText.Range CHECK_TIMEOUT =
            new DurationText.Range("check.timeout", 50, DurationText.MINUTE);
    public static final DurationText.Range AGENT_INTERVAL =
            new DurationText.Range("check.agent.interval", 100, DurationText.HOUR);

    /** In the order in which people write them. */
    private static final List<String> ORDER = List.of(
            "port",
            "bind",
            "name",
            "proxy-protocol",
            "limits",
            "servers",
            "dns",
            "algorithm",
            "tls",
            "http-version",
            "affinity",
            "check",
            "max-in-flight",
            "queue",
            "slow-start",
            "connect-timeout",
            "response-timeout",
            "idle-timeout",
            "keep-alive",
            "resolve");

    private final List<String> servers = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    public void addServer(String server) {
        servers.add(server);
    }

    public boolean hasServer(String hostAndPort) {
        return servers.stream().anyMatch(server -> server.equals(hostAndPort) || server.startsWith(hostAndPort + " "));
    }

    /** Whether it lists servers, or DNS names them. */
    public boolean hasServers() {
        return !servers.isEmpty() || hasDns();
    }

    /** Whether DNS names its servers, so that none can be listed. */
    public boolean hasDns() {
        return has("dns.name") || has("dns.srv");
    }

    /** Sets a value, instead of an earlier one. */
    public void put(String key, Object value) {
        values.put(key, value);
    }

    /** Sets a value unless there is another one; false if there is. */
    public boolean agree(String key, Object value) {
        Object earlier = values.putIfAbsent(key, value);
        return earlier == null || earlier.equals(value);
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    public void remove(String key) {
        values.remove(key);
    }

    /** As in a settings file. */
    public Map<String, Object> toSettings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        for (String key : ORDER) {
            if (key.equals("servers") && !hasDns()) {
                settings.put(key, List.copyOf(servers));
            }
            values.forEach((name, value) -> {
                if (name.equals(key) || name.startsWith(key + ".")) {
                    put(settings, name, value);
                }
            });
        }
        return settings;
    }

    @SuppressWarnings("unchecked") // Only this method creates sections.
    private static void put(Map<String, Object> settings, String name, Object value) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            settings.put(name, value);
        } else {
            String key = name.substring(0, dot);
            Map<String, Object> section =
                    (Map<String, Object>) settings.computeIfAbsent(key, ignored -> new LinkedHashMap<>());
            put(section, name.substring(dot + 1), value);
        }
    }
}
