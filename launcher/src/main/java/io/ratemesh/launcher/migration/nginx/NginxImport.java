package io.ratemesh.launcher.migration.nginx;

import io.ratemesh.launcher.migration.draft.Directive;
import io.ratemesh.launcher.migration.draft.FrontDoor;
import io.ratemesh.launcher.migration.draft.PoolNames;
import io.ratemesh.launcher.migration.draft.SettingsDraft;
import java.util.List;
import java.util.Set;

/** Maps a configuration of nginx to settings of the balancer. */
public final class NginxImport {

    private static final String BALANCER = "balancer";
    private static final String CONNECTIONS = "balancer.limits.connections";
    private static final Set<String> TOP = Set.of("http", "stream", "events", "mail");
    private static final int MAX_EVENT_LOOPS = 256;
    private static final int MAX_CONNECTIONS = 1_000_000;

    private final SettingsDraft draft;
    private final FrontDoor frontDoor;
    private final PoolNames names = new PoolNames();
    private final NginxPools pools;
    private int processes = 1;

    private NginxImport(SettingsDraft draft) {
        this.draft = draft;
        this.frontDoor = new FrontDoor(draft);
        this.pools = new NginxPools(draft, names);
    }

    /** Maps the directives, of a whole configuration or of a file that one includes at the level {@code http}; each is settled. */
    public static void run(List<Directive> directives, SettingsDraft draft) {
        new NginxImport(draft).run(directives);
    }

    private void run(List<Directive> directives) {
        draft.set("cluster.enabled", false);
        boolean whole = directives.stream().anyMatch(each -> TOP.contains(each.name()));
        if (whole) {
            directives.forEach(this::addTop);
        } else {
            new HttpServers(draft, frontDoor, pools).add(directives);
        }
        frontDoor.finish();
        pools.finish();
        directives.forEach(each -> draft.notMapped(each, BALANCER));
    }

    private void addTop(Directive directive) {
        switch (directive.name()) {
            case "worker_processes" -> addProcesses(directive);
            case "events" -> addEvents(directive);
            case "http" -> {
                draft.mapped(directive);
                new HttpServers(draft, frontDoor, pools).add(directive.inside());
            }
            case "stream" -> new StreamServers(draft, frontDoor, names).add(directive);
            default -> {
                if (NeedsNothing.includes(directive)) {
                    draft.alwaysOn(directive, BALANCER);
                } else {
                    draft.notMapped(directive, BALANCER, reason(directive.name()));
                }
            }
        }
    }

    private void addProcesses(Directive directive) {
        String number = directive.argument(0);
        if (number.equals("auto")) {
            draft.set("balancer.event-loops", "auto");
            processes = 0;
            draft.mapped(directive);
        } else if (number.matches("[1-9]\\d{0,2}") && Integer.parseInt(number) <= MAX_EVENT_LOOPS) {
            processes = Integer.parseInt(number);
            draft.set("balancer.event-loops", processes);
            draft.mapped(directive);
        } else {
            draft.notMapped(directive, BALANCER);
        }
    }

    private void addEvents(Directive events) {
        draft.mapped(events);
        for (Directive directive : events.inside()) {
            String number = directive.argument(0);
            if (directive.name().equals("worker_connections") && number.matches("[1-9]\\d{0,5}")) {
                addConnections(directive, Integer.parseInt(number));
            } else if (NeedsNothing.includes(directive)) {
                draft.alwaysOn(directive, BALANCER);
            } else {
                draft.notMapped(directive, BALANCER);
            }
        }
    }

    private void addConnections(Directive directive, int ofProcess) {
        if (processes == 0 || (long) ofProcess * processes > MAX_CONNECTIONS) {
            draft.alwaysOn(directive, "balancer.limits");
        } else {
            draft.set(CONNECTIONS, ofProcess * processes);
            draft.mapped(directive);
        }
    }

    private static String reason(String name) {
        return switch (name) {
            case "user", "pid" -> "the service manager does this";
            case "error_log" -> "a node logs to its standard output";
            case "include" -> "no such file was found";
            default -> "";
        };
    }
}
