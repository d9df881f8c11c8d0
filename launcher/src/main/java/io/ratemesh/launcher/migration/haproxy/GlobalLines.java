package io.ratemesh.launcher.migration.haproxy;

import io.ratemesh.launcher.migration.draft.Directive;
import io.ratemesh.launcher.migration.draft.SettingsDraft;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The section {@code global}: threads, connections, the log. */
final class GlobalLines {

    private static final String PLACE = "balancer";
    private static final String CONNECTIONS = "balancer.limits.connections";

    private static final Map<String, String> REASONS = Map.of(
            "user", "the service manager sets it, as User= of systemd",
            "group", "the service manager sets it, as Group= of systemd",
            "chroot", "the service manager limits what the process can see",
            "log", "balancer.access-log.to is stdout or a file",
            "stats", "the stats port has an admin API");

    private final SettingsDraft draft;
    private String certificateFolder = "";
    private boolean logsToStdout;
    private Optional<Directive> connections = Optional.empty();

    GlobalLines(SettingsDraft draft) {
        this.draft = draft;
    }

    /** The folder of {@code crt-base}; empty for none. */
    String certificateFolder() {
        return certificateFolder;
    }

    void add(Directive section) {
        draft.mapped(section);
        section.inside().forEach(this::addLine);
    }

    private void addLine(Directive directive) {
        String value = directive.argument(0);
        switch (directive.name()) {
            case "nbthread" -> addNumber(directive, "balancer.event-loops", 256);
            case "maxconn" -> connections = Optional.of(directive);
            case "crt-base" -> {
                certificateFolder = value;
                draft.mapped(directive);
            }
            case "log" -> {
                if (value.equals("stdout") && !logsToStdout) {
                    logsToStdout = true;
                    draft.mapped(directive);
                } else {
                    draft.notMapped(directive, PLACE, REASONS.getOrDefault("log", ""));
                }
            }
            default -> {
                if (AlwaysOn.includes(directive)) {
                    draft.alwaysOn(directive, PLACE);
                } else {
                    draft.notMapped(directive, PLACE, REASONS.getOrDefault(directive.name(), ""));
                }
            }
        }
    }

    private void addNumber(Directive directive, String key, int max) {
        String text = directive.argument(0);
        if (text.matches("[1-9]\\d{0,6}") && Integer.parseInt(text) <= max) {
            draft.set(key, Integer.valueOf(text));
            draft.mapped(directive);
        } else {
            draft.notMapped(directive, PLACE, key + " accepts 1 to " + max);
        }
    }

    /** The connections of the process, unless a frontend has a limit of its own. */
    void addConnections() {
        connections.ifPresent(directive -> {
            if (draft.has(CONNECTIONS)) {
                draft.withoutEffect(directive, PLACE, "a frontend has a limit of its own");
            } else {
                addNumber(directive, CONNECTIONS, 1_000_000);
            }
        });
    }

    /** The log of a proxy: that of the global section, or one of its own. */
    void addLog(HaproxyProxy proxy) {
        boolean logsGlobally = false;
        for (Directive directive : proxy.effective()) {
            if (directive.startsWith(List.of("log", "global"))) {
                logsGlobally = true;
                if (logsToStdout) {
                    draft.mapped(directive);
                } else {
                    draft.notMapped(directive, PLACE, REASONS.getOrDefault("log", ""));
                }
            }
        }
        boolean writes = logsGlobally && logsToStdout;
        if (writes) {
            draft.set("balancer.access-log.to", "stdout");
        }
        for (Directive directive : proxy.effective()) {
            boolean format = directive.startsWith(List.of("option", "httplog"))
                    || directive.startsWith(List.of("option", "tcplog"));
            if (format && proxy.isHttp() && directive.argument(0).equals("httplog") && writes) {
                draft.set("balancer.access-log.format", "httplog");
                draft.mapped(directive);
            } else if (format && directive.argument(0).equals("httplog")) {
                draft.alwaysOn(directive, PLACE);
            }
        }
    }
}
