package io.ratemesh.launcher.migration.haproxy;

import io.ratemesh.launcher.migration.draft.Directive;
import io.ratemesh.launcher.migration.draft.DurationText;
import io.ratemesh.launcher.migration.draft.PoolDraft;
import io.ratemesh.launcher.migration.draft.SettingsDraft;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Maps the directives of a backend that are about its servers. */
final class HaproxyPool {

    private static final Map<String, String> ALGORITHMS = Map.of(
            "roundrobin", "round-robin",
            "static-rr", "round-robin",
            "leastconn", "least-connections",
            "source", "source-hash",
            "uri", "uri-hash",
            "random", "random-two",
            "random(2)", "random-two",
            "first", "first");

    private static final Map<String, DurationText.Range> TIMEOUTS = Map.of(
            "connect", PoolDraft.CONNECT,
            "server", PoolDraft.RESPONSE,
            "queue", PoolDraft.QUEUE,
            "check", PoolDraft.CHECK_TIMEOUT);

    private static final Set<String> OTHER_CHECKS = Set.of(
            "mysql-check", "pgsql-check", "redis-check", "ldap-check", "smtpchk", "ssl-hello-chk", "external-check");

    private static final Set<String> OF_INSERTED_COOKIES = Set.of("insert", "indirect", "nocache");

    private final HaproxyProxy proxy;
    private final SettingsDraft draft;
    private final String place;
    private final PoolDraft pool = new PoolDraft();
    private final Set<String> resolvers = new HashSet<>();
    private final ServerLines servers;
    private final HttpCheckLines checks;

    private HaproxyPool(HaproxyProxy proxy, SettingsDraft draft, String place) {
        this.proxy = proxy;
        this.draft = draft;
        this.place = place;
        this.servers = new ServerLines(draft, pool, place, resolvers, proxy.isTcp());
        this.checks = new HttpCheckLines(draft, pool, place);
    }

    /**
     * Reads a backend.
     *
     * @param place of the pool
     * @param holdValid the time of {@code hold valid} by section of resolvers
     * @return empty if it has no server
     */
    static Optional<PoolDraft> read(
            HaproxyProxy proxy, SettingsDraft draft, String place, Map<String, String> holdValid) {
        return new HaproxyPool(proxy, draft, place).read(holdValid);
    }

    private Optional<PoolDraft> read(Map<String, String> holdValid) {
        pool.put("algorithm", "round-robin");
        List<Directive> effective = proxy.effective();
        effective.forEach(this::addServers);
        if (!pool.hasServers()) {
            return Optional.empty();
        }
        servers.finish();
        effective.forEach(this::add);
        addChecks(effective);
        resolvers.stream()
                .filter(holdValid::containsKey)
                .forEach(section -> pool.agree("resolve.max", String.valueOf(holdValid.get(section))));
        return Optional.of(pool);
    }

    private void addServers(Directive directive) {
        switch (directive.name()) {
            case "default-server" -> servers.addDefaults(directive);
            case "server", "server-template" -> servers.addServer(directive);
            default -> {}
        }
    }

    private void add(Directive directive) {
        switch (directive.name()) {
            case "balance" -> addAlgorithm(directive);
            case "timeout" -> addTimeout(directive);
            case "cookie" -> addCookie(directive);
            case "option" -> addOption(directive);
            default -> {}
        }
    }

    private void addAlgorithm(Directive directive) {
        String algorithm = ALGORITHMS.getOrDefault(directive.argument(0), "");
        if (algorithm.isEmpty()) {
            draft.notMapped(directive, place);
            return;
        }
        pool.put("algorithm", algorithm);
        List<String> parts = directive
                .arguments()
                .subList(1, directive.arguments().size())
                .stream()
                .filter(part -> !part.equals("path-only"))
                .toList();
        draft.mappedWithout(directive, place, parts);
    }

    private void addTimeout(Directive directive) {
        String kind = directive.argument(0);
        DurationText.Range range = TIMEOUTS.get(kind);
        boolean ofTcp = proxy.isTcp() && kind.equals("server");
        if (range == null || ofTcp || (kind.equals("check") && !servers.anyChecked())) {
            return;
        }
        Optional<String> text =
                HaproxyDuration.millis(directive.argument(1)).flatMap(millis -> DurationText.within(millis, range));
        if (text.isPresent()) {
            pool.put(range.key(), text.get());
            draft.mapped(directive);
        } else {
            draft.notMapped(directive, place, range.toString());
        }
    }

    private void addCookie(Directive directive) {
        List<String> words = directive.arguments();
        if (!words.contains("insert")) {
            draft.notMapped(directive, place);
            return;
        }
        pool.put("affinity.cookie", directive.argument(0));
        draft.mappedWithout(
                directive,
                place,
                words.subList(1, words.size()).stream()
                        .filter(word -> !OF_INSERTED_COOKIES.contains(word))
                        .toList());
    }

    private void addOption(Directive directive) {
        if (directive.argument(0).equals("http-server-close") && proxy.option("http-server-close")) {
            pool.put("keep-alive", "0s");
            draft.mapped(directive);
        }
    }

    private void addChecks(List<Directive> effective) {
        if (!servers.anyChecked()) {
            pool.put("check.type", "none");
        } else if (servers.anyUnchecked()) {
            draft.comment(
                    place,
                    "Some of these servers have no check in " + proxy.section().file()
                            + "; here all servers of a pool have.");
        }
        boolean http = servers.anyChecked() && proxy.option("httpchk");
        for (Directive directive : effective) {
            String option = directive.argument(0);
            if (directive.name().equals("option") && OTHER_CHECKS.contains(option)) {
                draft.notMapped(directive, place, "the check opens a connection");
            } else if (directive.startsWith(List.of("option", "httpchk")) && http) {
                addHttpCheck(directive, effective);
            } else if (directive.startsWith(List.of("http-check", "send")) && http) {
                checks.addSend(directive);
            } else if (directive.startsWith(List.of("http-check", "expect")) && http) {
                checks.addExpect(directive);
            } else if (directive.name().equals("http-check") || directive.startsWith(List.of("option", "httpchk"))) {
                leaveOut(directive, http);
            }
        }
    }

    private void addHttpCheck(Directive directive, List<Directive> effective) {
        boolean isSpecified = effective.stream()
                .anyMatch(each -> each.startsWith(List.of("http-check", "send"))
                        && each.arguments().contains("meth"));
        if (directive.arguments().size() == 1 && isSpecified) {
            pool.put("check.path", "/");
            draft.mapped(directive);
        } else {
            checks.addOption(directive);
        }
    }

    /** Inherited directives may be of use to another backend. */
    private void leaveOut(Directive directive, boolean http) {
        if (http) {
            draft.notMapped(directive, place);
        } else if (proxy.own().contains(directive)) {
            draft.withoutEffect(directive, place, "no server has HTTP checks");
        }
    }
}
