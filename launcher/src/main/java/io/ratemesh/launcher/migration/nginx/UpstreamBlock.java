package io.ratemesh.launcher.migration.nginx;

import io.ratemesh.launcher.migration.draft.Directive;
import io.ratemesh.launcher.migration.draft.DurationText;
import io.ratemesh.launcher.migration.draft.PoolDraft;
import io.ratemesh.launcher.migration.draft.SettingsDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Maps an {@code upstream}, or the server that a directive names itself. */
final class UpstreamBlock {

    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?");
    private static final Pattern COUNT = Pattern.compile("(?:weight|max_conns)=(\\d{1,6})");
    private static final int MAX_WEIGHT = 256;

    private final SettingsDraft draft;
    private final String place;
    private final PoolDraft pool = new PoolDraft();

    UpstreamBlock(SettingsDraft draft, String place) {
        this.draft = draft;
        this.place = place;
    }

    /** The server with this address; empty if it is none. */
    static Optional<String> server(String address, int defaultPort) {
        Matcher matcher = ADDRESS.matcher(address);
        return matcher.matches()
                ? Optional.of(matcher.group(1) + ":" + (matcher.group(2) == null ? defaultPort : matcher.group(2)))
                : Optional.empty();
    }

    /** A pool with one server, as {@code proxy_pass} may name it; empty if its address is none. */
    static Optional<PoolDraft> ofServer(String address, int defaultPort) {
        return server(address, defaultPort).map(server -> {
            PoolDraft pool = new PoolDraft();
            pool.addServer(server);
            return pool;
        });
    }

    /** Reads the block; empty if it has no server. */
    Optional<PoolDraft> read(Directive upstream) {
        pool.put("algorithm", "round-robin");
        upstream.inside().stream().filter(each -> each.name().equals("server")).forEach(this::addServer);
        if (!pool.hasServers()) {
            return Optional.empty();
        }
        upstream.inside().forEach(this::add);
        draft.mapped(upstream);
        return Optional.of(pool);
    }

    private void add(Directive directive) {
        switch (directive.name()) {
            case "least_conn" -> setAlgorithm(directive, "least-connections");
            case "ip_hash" -> setAlgorithm(directive, "source-hash");
            case "random" -> setAlgorithm(directive, "random-two");
            case "hash" -> {
                switch (directive.argument(0)) {
                    case "$uri" -> setAlgorithm(directive, "uri-hash");
                    case "$remote_addr", "$binary_remote_addr" -> setAlgorithm(directive, "source-hash");
                    default -> draft.notMapped(directive, place);
                }
            }
            case "keepalive", "zone", "keepalive_requests" -> draft.alwaysOn(directive, place);
            case "keepalive_timeout" -> setDuration(directive, PoolDraft.KEEP_ALIVE);
            case "queue" -> addQueue(directive);
            default -> draft.notMapped(directive, place);
        }
    }

    private void setAlgorithm(Directive directive, String algorithm) {
        pool.put("algorithm", algorithm);
        draft.mapped(directive);
    }

    private void setDuration(Directive directive, DurationText.Range range) {
        Optional<String> text =
                NginxDuration.millis(directive.argument(0)).flatMap(millis -> DurationText.within(millis, range));
        text.ifPresent(value -> pool.put(range.key(), value));
        if (text.isPresent()) {
            draft.mapped(directive);
        } else {
            draft.notMapped(directive, place, range.toString());
        }
    }

    private void addQueue(Directive directive) {
        String timeout = directive.argument(1).replaceFirst("^timeout=", "");
        Optional<String> text = NginxDuration.millis(timeout.isEmpty() ? "60s" : timeout)
                .flatMap(millis -> DurationText.within(millis, PoolDraft.QUEUE));
        if (text.isPresent() && directive.argument(0).matches("\\d{1,6}")) {
            pool.put("queue.limit", Integer.valueOf(directive.argument(0)));
            pool.put("queue.timeout", text.get());
            draft.mapped(directive);
        } else {
            draft.notMapped(directive, place);
        }
    }

    private void addServer(Directive directive) {
        String address = directive.argument(0);
        Optional<String> server = address.startsWith("unix:") ? Optional.of(address) : server(address, 80);
        List<String> options =
                directive.arguments().subList(1, directive.arguments().size());
        if (server.isEmpty()) {
            draft.notMapped(directive, place, "its address must be a host and a port");
        } else if (options.contains("down")) {
            draft.notMapped(directive, place, "a server that gets no requests is not listed");
        } else if (pool.hasServer(server.get())) {
            draft.notMapped(directive, place, "this address is listed already");
        } else {
            addServer(directive, server.get(), options);
        }
    }

    private void addServer(Directive directive, String server, List<String> options) {
        StringBuilder words = new StringBuilder(server);
        List<String> parts = new ArrayList<>();
        for (String option : options) {
            Map.Entry<String, Integer> count = count(option);
            if (count.getKey().equals("weight") && count.getValue() >= 1 && count.getValue() <= MAX_WEIGHT) {
                words.append(count.getValue() == 1 ? "" : " weight=" + count.getValue());
            } else if (option.equals("backup")) {
                words.append(" backup");
            } else if (!isSetting(option, count)) {
                parts.add(option);
            }
        }
        pool.addServer(words.toString());
        draft.mappedWithout(directive, place, parts);
    }

    /** Whether an option needs nothing, or is the same setting of the pool that earlier servers have. */
    private boolean isSetting(String option, Map.Entry<String, Integer> count) {
        if (option.startsWith("max_fails=") || option.startsWith("fail_timeout=") || option.equals("resolve")) {
            return true;
        }
        if (option.startsWith("slow_start=")) {
            return NginxDuration.millis(option.substring("slow_start=".length()))
                    .flatMap(millis -> DurationText.within(millis, PoolDraft.SLOW_START))
                    .filter(text -> pool.agree("slow-start", text))
                    .isPresent();
        }
        return count.getKey().equals("max_conns") && pool.agree("max-in-flight", count.getValue());
    }

    private static Map.Entry<String, Integer> count(String option) {
        Matcher matcher = COUNT.matcher(option);
        return matcher.matches()
                ? Map.entry(option.substring(0, option.indexOf('=')), Integer.valueOf(matcher.group(1)))
                : Map.entry("", 0);
    }
}
