package io.ratemesh.launcher.migration.haproxy;

import io.ratemesh.launcher.migration.draft.Directive;
import io.ratemesh.launcher.migration.draft.DurationText;
import io.ratemesh.launcher.migration.draft.PoolDraft;
import io.ratemesh.launcher.migration.draft.SettingsDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code server} and {@code default-server} lines of a backend. Most of their options are settings of the whole pool. */
final class ServerLines {

    private static final Map<String, DurationText.Range> DURATIONS = Map.of(
            "inter", PoolDraft.CHECK_INTERVAL,
            "fastinter", PoolDraft.CHECK_FAST_INTERVAL,
            "slowstart", PoolDraft.SLOW_START,
            "pool-purge-delay", PoolDraft.KEEP_ALIVE);

    private static final Map<String, String> NUMBERS =
            Map.of("rise", "check.rise", "fall", "check.fall", "maxconn", "max-in-flight");

    /** Options of the balancer that are always on, or that name something. */
    private static final Set<String> NEED_NOTHING = Set.of(
            "check",
            "no-check",
            "backup",
            "no-backup",
            "weight",
            "resolvers",
            "init-addr",
            "resolve-prefer",
            "observe",
            "error-limit",
            "on-error",
            "id",
            "enabled",
            "no-ssl",
            "no-send-proxy");

    /** Options that a server from DNS has not. */
    private static final Set<String> OF_ONE_SERVER = Set.of("weight", "backup", "resolve-prefer");

    private static final Set<String> AGENT = Set.of("agent-check", "no-agent-check", "agent-port", "agent-inter");

    private static final Pattern TEMPLATE =
            Pattern.compile("([A-Za-z0-9._-]*[A-Za-z_-][A-Za-z0-9._-]*)(?::(\\d{1,5}))?");
    private static final Pattern COUNT = Pattern.compile("(?:(\\d{1,4})-)?(\\d{1,4})");
    private static final int MAX_PORT = 65_535;
    private static final int MAX_SERVERS = 1000;

    private static final Set<String> TLS =
            Set.of("ssl", "verify", "ca-file", "sni", "crt", "verifyhost", "check-ssl", "check-sni");

    private final SettingsDraft draft;
    private final PoolDraft pool;
    private final String place;
    private final Set<String> usedResolvers;
    private final boolean tcp;
    private final List<Directive> unused = new ArrayList<>();
    private List<String> defaults = List.of();
    private boolean anyChecked;
    private boolean anyUnchecked;

    ServerLines(SettingsDraft draft, PoolDraft pool, String place, Set<String> usedResolvers, boolean tcp) {
        this.tcp = tcp;
        this.draft = draft;
        this.pool = pool;
        this.place = place;
        this.usedResolvers = usedResolvers;
    }

    /** Whether some of the servers have health checks. */
    boolean anyChecked() {
        return anyChecked;
    }

    /** Whether some of them have none. */
    boolean anyUnchecked() {
        return anyUnchecked;
    }

    void addDefaults(Directive directive) {
        OptionWords options = new OptionWords();
        options.add(defaults);
        options.add(directive.arguments());
        List<String> all = new ArrayList<>();
        options.all().forEach((name, value) -> {
            all.add(name);
            if (!value.isEmpty()) {
                all.add(value);
            }
        });
        defaults = List.copyOf(all);
        unused.add(directive);
    }

    /** Settles the defaults that came after the last server. */
    void finish() {
        unused.forEach(each -> draft.withoutEffect(each, place, "no server comes after it"));
    }

    private void useDefaults() {
        for (Directive directive : unused) {
            OptionWords own = new OptionWords();
            own.add(directive.arguments());
            draft.mappedWithout(directive, place, withoutSetting(own));
        }
        unused.clear();
    }

    void addServer(Directive directive) {
        useDefaults();
        boolean template = directive.name().equals("server-template");
        String address = directive.argument(template ? 2 : 1);
        List<String> words = directive.arguments();
        OptionWords own = new OptionWords();
        own.add(words.size() > (template ? 3 : 2) ? words.subList(template ? 3 : 2, words.size()) : List.of());
        OptionWords options = new OptionWords();
        options.add(defaults);
        options.all().putAll(own.all());
        Optional<String> server = server(address);
        if (pool.hasDns()) {
            draft.notMapped(directive, place, "DNS names the servers of this pool");
        } else if (template && !pool.hasServers() && !expectsTls(options) && nameByDns(directive)) {
            List<String> parts = new ArrayList<>(withoutSetting(own));
            parts.addAll(differing(options));
            options.all().entrySet().stream()
                    .filter(option -> OF_ONE_SERVER.contains(option.getKey()))
                    .map(OptionWords::written)
                    .forEach(parts::add);
            draft.mappedWithout(directive, place, parts);
        } else if (server.isEmpty()) {
            draft.notMapped(directive, place, "its address must be a host and a port");
        } else if (options.has("disabled")
                || options.all().getOrDefault("weight", "1").equals("0")) {
            draft.notMapped(directive, place, "a server that gets no requests is not listed");
        } else if (expectsTls(options)) {
            draft.notMapped(directive, place, "a TCP port does not begin TLS, so the server is not listed");
        } else if (options.has("send-proxy") || options.has("send-proxy-v2")) {
            // All servers of a pool get the PROXY protocol, or none.
            draft.notMapped(directive, place, "a server that expects the PROXY protocol is not listed; see send-proxy");
        } else if (pool.hasServer(server.get())) {
            draft.notMapped(directive, place, "this address is listed already");
        } else {
            pool.addServer(server.get() + words(options));
            List<String> parts = new ArrayList<>(withoutSetting(own));
            parts.addAll(differing(options));
            draft.mappedWithout(directive, place, parts);
            if (template) {
                draft.differs(directive, place, "all addresses of the name are one server");
            }
        }
    }

    /** Lets DNS name the servers of the pool; false where the address is no name. */
    private boolean nameByDns(Directive template) {
        Matcher address = TEMPLATE.matcher(template.argument(2));
        Matcher count = COUNT.matcher(template.argument(1));
        if (!address.matches() || !count.matches()) {
            return false;
        }
        String name = address.group(1);
        int port = address.group(2) == null ? 0 : Integer.parseInt(address.group(2));
        if (name.startsWith("_")) {
            pool.put("dns.srv", name);
        } else if (port >= 1 && port <= MAX_PORT) {
            pool.put("dns.name", name);
            pool.put("dns.port", port);
        } else {
            return false;
        }
        int first = count.group(1) == null ? 1 : Integer.parseInt(count.group(1));
        int servers = Integer.parseInt(count.group(2)) - first + 1;
        pool.put("dns.max-servers", Math.max(1, Math.min(MAX_SERVERS, servers)));
        return true;
    }

    /** A port in TCP mode forwards TLS, and does not begin it. */
    private boolean expectsTls(OptionWords options) {
        return tcp && options.has("ssl");
    }

    private Optional<String> server(String address) {
        String socket = address.startsWith("unix@") ? address.substring("unix@".length()) : address;
        if (socket.startsWith("/")) {
            return Optional.of("unix:" + socket);
        }
        return HaproxyAddress.parse(address)
                .filter(parsed -> !parsed.host().isEmpty() && !parsed.host().startsWith("_"))
                .map(HaproxyAddress::server);
    }

    private static String words(OptionWords options) {
        String weight = options.all().getOrDefault("weight", "1");
        return (weight.equals("1") ? "" : " weight=" + weight)
                + (options.has("backup") && !options.has("no-backup") ? " backup" : "");
    }

    /** Options that no setting has. */
    private List<String> withoutSetting(OptionWords options) {
        return options.all().entrySet().stream()
                .filter(option -> !hasSetting(option.getKey(), option.getValue()))
                .map(OptionWords::written)
                .toList();
    }

    private boolean hasSetting(String option, String value) {
        if (option.equals("resolvers")) {
            usedResolvers.add(value);
        }
        return DURATIONS.containsKey(option)
                || NUMBERS.containsKey(option)
                || NEED_NOTHING.contains(option)
                || TLS.contains(option)
                || AGENT.contains(option)
                || (option.equals("proto") && value.equals("h2") && !tcp)
                || option.equals("cookie");
    }

    /** Takes the options over into the pool; returns those that differ from the ones of an earlier server, or are out of range. */
    private List<String> differing(OptionWords options) {
        boolean checked = options.has("check") && !options.has("no-check");
        boolean hasAgent = options.has("agent-check") && !options.has("no-agent-check");
        if (hasAgent && options.has("inter")) {
            // HAProxy's default.
            options.all().putIfAbsent("agent-inter", options.all().getOrDefault("inter", ""));
        }
        anyChecked |= checked;
        anyUnchecked |= !checked;
        List<String> differing = new ArrayList<>();
        options.all().entrySet().stream()
                .filter(option -> AGENT.contains(option.getKey())
                        ? hasAgent && !agreeOnAgent(option.getKey(), option.getValue(), options.has("agent-port"))
                        : !agree(option.getKey(), option.getValue(), checked))
                .map(OptionWords::written)
                .forEach(differing::add);
        if (options.has("ssl")) {
            agreeOnTls(options);
        }
        return differing;
    }

    private boolean agree(String option, String value, boolean checked) {
        if (DURATIONS.containsKey(option)) {
            DurationText.Range range = DURATIONS.get(option);
            Optional<String> text = HaproxyDuration.millis(value).flatMap(millis -> DurationText.within(millis, range));
            boolean ofCheck = range.key().startsWith("check.");
            return (ofCheck && !checked)
                    || text.filter(within -> pool.agree(range.key(), within)).isPresent();
        }
        if (NUMBERS.containsKey(option)) {
            String key = NUMBERS.get(option);
            boolean ofCheck = key.startsWith("check.");
            int max = ofCheck ? 100 : 1_000_000;
            return (ofCheck && !checked)
                    || (value.matches("\\d{1,7}")
                            && Integer.parseInt(value) >= (ofCheck ? 1 : 0)
                            && Integer.parseInt(value) <= max
                            && pool.agree(key, Integer.parseInt(value)));
        }
        return !option.equals("proto") || tcp || pool.agree("http-version", "2");
    }

    private boolean agreeOnAgent(String option, String value, boolean hasPort) {
        return switch (option) {
            case "agent-port" ->
                value.matches("\\d{1,5}")
                        && Integer.parseInt(value) >= 1
                        && Integer.parseInt(value) <= MAX_PORT
                        && pool.agree("check.agent.port", Integer.parseInt(value));
            case "agent-inter" -> {
                DurationText.Range range = PoolDraft.AGENT_INTERVAL;
                yield !hasPort
                        || HaproxyDuration.millis(value)
                                .flatMap(millis -> DurationText.within(millis, range))
                                .filter(text -> pool.agree(range.key(), text))
                                .isPresent();
            }
            default -> hasPort;
        };
    }

    private void agreeOnTls(OptionWords options) {
        Map<String, String> all = options.all();
        pool.agree("tls.verify", !all.getOrDefault("verify", "required").equals("none"));
        if (all.containsKey("ca-file") && !all.getOrDefault("verify", "").equals("none")) {
            pool.agree("tls.ca", String.valueOf(all.get("ca-file")));
        }
        String name = all.getOrDefault("sni", all.getOrDefault("verifyhost", ""));
        String literal = name.replaceFirst("^str\\((.*)\\)$", "$1");
        if (literal.matches("[A-Za-z0-9.-]+\\.[A-Za-z0-9.-]+") && !literal.startsWith("req.")) {
            pool.agree("tls.server-name", literal);
        }
        if (all.containsKey("crt")) {
            pool.agree("tls.cert", String.valueOf(all.get("crt")));
            pool.agree("tls.key", String.valueOf(all.get("crt")));
        }
    }
}
