package io.ratemesh.launcher.migration.haproxy;

import io.ratemesh.launcher.migration.draft.Directive;
import io.ratemesh.launcher.migration.draft.DurationText;
import io.ratemesh.launcher.migration.draft.FrontDoor;
import io.ratemesh.launcher.migration.draft.FrontDoor.Kind;
import io.ratemesh.launcher.migration.draft.PoolDraft;
import io.ratemesh.launcher.migration.draft.PoolNames;
import io.ratemesh.launcher.migration.draft.Routes;
import io.ratemesh.launcher.migration.draft.SettingsDraft;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Maps a configuration of HAProxy to settings of the balancer. */
public final class HaproxyImport {

    private static final String BALANCER = "balancer";
    private static final Set<String> ROUTING = Set.of("use_backend", "default_backend", "acl", "redirect");

    private static final Set<String> REJECTING = Set.of("deny", "auth", "tarpit", "reject", "silent-drop");

    /** Limits of clients; a frontend has them, and here all listeners do. */
    private static final Map<String, DurationText.Range> TIMEOUTS = Map.of(
            "client", new DurationText.Range("body-time", DurationText.SECOND, DurationText.HOUR),
            "http-request", new DurationText.Range("head-time", DurationText.SECOND, DurationText.HOUR),
            "http-keep-alive", new DurationText.Range("keep-alive", DurationText.SECOND, DurationText.HOUR));

    private final List<Directive> sections;
    private final SettingsDraft draft;
    private final FrontDoor frontDoor;
    private final Routes routes = new Routes();
    private final PoolNames names = new PoolNames();
    private final List<HaproxyProxy> proxies = new ArrayList<>();
    private final Map<String, PoolDraft> pools = new LinkedHashMap<>();
    private final Map<String, FieldLines> fields = new HashMap<>();
    private final Map<String, String> holdValid = new HashMap<>();
    private final GlobalLines global;
    private Optional<HaproxyProxy> primary = Optional.empty();

    private HaproxyImport(List<Directive> sections, SettingsDraft draft) {
        this.sections = sections;
        this.draft = draft;
        this.frontDoor = new FrontDoor(draft);
        this.global = new GlobalLines(draft);
    }

    /** Maps the sections; each of their directives is settled. */
    public static void run(List<Directive> sections, SettingsDraft draft) {
        new HaproxyImport(sections, draft).run();
    }

    private void run() {
        draft.set("cluster.enabled", false);
        findProxies();
        sections.stream().filter(each -> each.name().equals("global")).forEach(global::add);
        sections.stream().filter(each -> each.name().equals("resolvers")).forEach(this::addResolvers);
        proxies.forEach(this::addAlwaysOn);
        proxies.stream().filter(HaproxyProxy::isBackend).forEach(this::addPool);
        proxies.stream().filter(HaproxyProxy::isFrontend).forEach(this::addFrontend);
        global.addConnections();
        frontDoor.finish();
        // Listeners first, as people write them.
        pools.forEach((name, pool) -> draft.set(BALANCER + ".pools." + name, pool.toSettings()));
        routes.finish(draft);
        sections.forEach(this::settleRest);
    }

    private void findProxies() {
        Map<String, List<Directive>> named = new HashMap<>();
        List<Directive> defaults = List.of();
        for (Directive section : sections) {
            switch (section.name()) {
                case "defaults" -> {
                    List<Directive> inherited = section.argument(1).equals("from")
                            ? named.getOrDefault(section.argument(2), List.of())
                            : List.of();
                    List<Directive> all = new ArrayList<>(inherited);
                    all.addAll(section.inside());
                    defaults = List.copyOf(all);
                    named.put(section.argument(0), defaults);
                    draft.mapped(section);
                }
                case "frontend", "backend", "listen" ->
                    proxies.add(new HaproxyProxy(
                            section,
                            section.argument(1).equals("from")
                                    ? named.getOrDefault(section.argument(2), List.of())
                                    : defaults));
                default -> {}
            }
        }
    }

    private void addResolvers(Directive section) {
        draft.mapped(section);
        for (Directive directive : section.inside()) {
            Optional<Long> valid = directive.startsWith(List.of("hold", "valid"))
                    ? HaproxyDuration.millis(directive.argument(1))
                    : Optional.empty();
            Optional<String> max = valid.flatMap(millis ->
                    DurationText.within(millis, new DurationText.Range("resolve.max", 100, 24 * DurationText.HOUR)));
            if (max.isPresent()) {
                holdValid.put(section.argument(0), max.get());
                draft.mapped(directive);
            } else if (directive.name().equals("parse-resolv-conf")) {
                draft.alwaysOn(directive, BALANCER + ".pools");
            } else {
                draft.notMapped(directive, BALANCER + ".pools", "the resolver of the system is used");
            }
        }
    }

    private void addAlwaysOn(HaproxyProxy proxy) {
        String place = proxy.isBackend() ? placeOf(proxy) : BALANCER;
        proxy.defaults().stream().filter(AlwaysOn::includes).forEach(each -> draft.alwaysOn(each, BALANCER));
        proxy.own().stream()
                .filter(AlwaysOn::includes)
                .forEach(each -> draft.alwaysOn(each, isStats(proxy) ? Kind.STATS.key() : place));
    }

    private void addPool(HaproxyProxy proxy) {
        if (proxy.isTcp()) {
            // Its servers are those of a TCP port.
            return;
        }
        String place = placeOf(proxy);
        Optional<PoolDraft> pool = HaproxyPool.read(proxy, draft, place, holdValid);
        if (pool.isPresent()) {
            pools.put(names.of(proxy.name()), pool.get());
            fields.put(proxy.name(), FieldLines.read(proxy, draft));
            draft.mapped(proxy.section());
            settleMode(proxy);
        }
    }

    private void addFrontend(HaproxyProxy proxy) {
        if (isStats(proxy)) {
            addStats(proxy);
        } else if (proxy.isTcp()) {
            TcpPorts.add(proxy, backendOf(proxy), new TcpPorts.Target(draft, frontDoor, names, holdValid));
        } else if (proxy.isHttp()) {
            addHttp(proxy);
        }
    }

    private Optional<HaproxyProxy> backendOf(HaproxyProxy frontend) {
        if (frontend.isBackend()) {
            return Optional.of(frontend);
        }
        String name =
                frontend.last("default_backend").map(each -> each.argument(0)).orElse("");
        return proxies.stream()
                .filter(proxy -> proxy.isBackend() && proxy.name().equals(name))
                .findFirst();
    }

    private void addHttp(HaproxyProxy proxy) {
        HaproxyConditions conditions = new HaproxyConditions(proxy, draft);
        boolean onlyRedirects = addHttpsRedirect(proxy, conditions) && !hasTls(proxy);
        if (onlyRedirects) {
            routing(proxy).forEach(each -> draft.withoutEffect(each, "balancer.routes", "all requests are redirected"));
        }
        boolean routesSomewhere =
                !onlyRedirects && (!routing(proxy).isEmpty() || pools.containsKey(names.of(proxy.name())));
        boolean isOther = routesSomewhere
                && primary.filter(first -> !words(routing(first)).equals(words(routing(proxy))))
                        .isPresent();
        if (isOther) {
            draft.notMapped(
                    proxy.section(),
                    "balancer.routes",
                    "all listeners share the routes of " + primary.orElseThrow().name()
                            + "; use another balancer for it");
            return;
        }
        proxy.own().stream()
                .filter(each -> each.name().equals("bind"))
                .forEach(new BindLines(draft, frontDoor, global.certificateFolder())::add);
        addLimits(proxy);
        RequestRateLines.add(proxy, proxies, draft);
        if (routesSomewhere && primary.isEmpty()) {
            primary = Optional.of(proxy);
            addRoutes(proxy, conditions);
        } else if (routesSomewhere) {
            routing(proxy).forEach(draft::mapped);
        }
        conditions.finish("balancer.routes");
        global.addLog(proxy);
        draft.mapped(proxy.section());
        settleMode(proxy);
    }

    private void addRoutes(HaproxyProxy proxy, HaproxyConditions conditions) {
        Map<String, String> poolNames = new HashMap<>();
        proxies.stream()
                .filter(each -> each.isBackend() && pools.containsKey(names.of(each.name())))
                .forEach(each -> poolNames.put(each.name(), names.of(each.name())));
        FieldLines ofFrontend = FieldLines.read(proxy, draft);
        RoutingLines lines = new RoutingLines(draft, routes, conditions, poolNames, ofFrontend, fields);
        // HAProxy applies the rules for requests first, wherever they stand.
        for (boolean ofPools : List.of(false, true)) {
            proxy.effective().stream()
                    .filter(each -> !draft.isSettled(each) && !each.name().equals("default_backend"))
                    .filter(each -> each.name().equals("use_backend") == ofPools)
                    .forEach(lines::add);
        }
        proxy.last("default_backend").ifPresent(lines::add);
        if (proxy.isBackend() && poolNames.containsKey(proxy.name())) {
            lines.addOwnBackend(proxy.section(), proxy.name());
        }
    }

    /** Settles a redirect to HTTPS of all requests without TLS, if there is TLS; whether there is one. */
    private boolean addHttpsRedirect(HaproxyProxy proxy, HaproxyConditions conditions) {
        for (Directive directive : proxy.own()) {
            if (isHttpsRedirect(directive) && anyFrontendHasTls()) {
                List<String> words = directive.words();
                int condition = words.indexOf("if") + words.indexOf("unless") + 1;
                List<String> terms = condition < 0 ? List.of() : words.subList(condition + 1, words.size());
                boolean always = condition < 0 && !hasTls(proxy);
                boolean withoutTls = condition >= 0 && conditions.isAboutTls(terms, words.contains("unless"));
                if (always || withoutTls) {
                    draft.set("balancer.http.to-https", true);
                    draft.mapped(directive);
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isHttpsRedirect(Directive directive) {
        return directive.startsWith(List.of("redirect", "scheme", "https"))
                || directive.startsWith(List.of("http-request", "redirect", "scheme", "https"));
    }

    private boolean anyFrontendHasTls() {
        return proxies.stream().anyMatch(proxy -> proxy.isHttp() && hasTls(proxy));
    }

    private static boolean hasTls(HaproxyProxy proxy) {
        return proxy.own().stream()
                .anyMatch(each -> each.name().equals("bind")
                        && each.words().contains("ssl")
                        && each.words().contains("crt"));
    }

    private void addLimits(HaproxyProxy proxy) {
        proxy.last("maxconn").ifPresent(this::addConnections);
        TIMEOUTS.forEach((kind, range) -> proxy.last("timeout", kind).ifPresent(directive -> {
            Optional<String> text =
                    HaproxyDuration.millis(directive.argument(1)).flatMap(millis -> DurationText.within(millis, range));
            if (text.isEmpty()) {
                draft.notMapped(directive, "balancer.limits", range.toString());
            } else if (draft.agree("balancer.limits." + range.key(), text.get())) {
                draft.mapped(directive);
            } else {
                draft.notMapped(directive, "balancer.limits", "all listeners share the limits");
            }
        }));
    }

    private void addConnections(Directive directive) {
        String number = directive.argument(0);
        if (number.matches("[1-9]\\d{0,5}|1000000")
                && draft.agree("balancer.limits.connections", Integer.valueOf(number))) {
            draft.mapped(directive);
        } else {
            draft.notMapped(directive, "balancer.limits", "all listeners share the limits");
        }
    }

    /** A frontend that shows statistics, and nothing else. */
    private boolean isStats(HaproxyProxy proxy) {
        boolean stats = proxy.own().stream()
                .anyMatch(each -> each.name().equals("stats")
                        || each.startsWith(List.of("http-request", "use-service", "prometheus-exporter")));
        boolean servers = proxy.own().stream().anyMatch(each -> each.name().equals("server"));
        return stats && !servers && routing(proxy).isEmpty();
    }

    private void addStats(HaproxyProxy proxy) {
        draft.mapped(proxy.section());
        settleMode(proxy);
        for (Directive directive : proxy.own()) {
            Optional<List<HaproxyAddress>> addresses =
                    directive.name().equals("bind") ? BindLines.addresses(directive) : Optional.empty();
            boolean plain = directive.words().size() == 2;
            if (addresses.isPresent() && plain && addresses.get().size() == 1) {
                HaproxyAddress address = addresses.get().get(0);
                if (frontDoor.listen(Kind.STATS, address.bind(), address.port())) {
                    draft.mapped(directive);
                }
            } else if (directive.startsWith(List.of("stats", "auth"))) {
                draft.agree("balancer.stats.user", directive.argument(1).replaceFirst(":.*", ""));
                draft.notMapped(
                        directive,
                        "balancer.stats",
                        "only: the password; write it into a file, and name that in password-file");
            }
        }
    }

    private void settleMode(HaproxyProxy proxy) {
        proxy.last("mode").ifPresent(draft::mapped);
        proxy.own().stream().filter(each -> each.name().equals("mode")).forEach(draft::mapped);
    }

    /** The directives that decide where requests go, without a redirect to HTTPS. */
    private static List<Directive> routing(HaproxyProxy proxy) {
        return proxy.effective().stream()
                .filter(each -> ROUTING.contains(each.name()) && !each.name().equals("acl") && !isHttpsRedirect(each))
                .toList();
    }

    private static List<List<String>> words(List<Directive> directives) {
        return directives.stream().map(Directive::words).toList();
    }

    private String placeOf(HaproxyProxy proxy) {
        return proxy.isTcp() ? BALANCER + ".tcp" : BALANCER + ".pools." + names.of(proxy.name());
    }

    /** What nobody has settled is not mapped. */
    private void settleRest(Directive section) {
        String place = proxies.stream()
                .filter(proxy -> proxy.section().equals(section) && proxy.isBackend())
                .findFirst()
                .map(this::placeOf)
                .orElse(BALANCER);
        for (Directive directive : section.inside()) {
            if (section.name().equals("defaults") && isOfNoUse(directive)) {
                draft.withoutEffect(directive, place, "nothing uses it");
            } else {
                draft.notMapped(directive, place, letsThrough(directive) ? "these requests are let through" : "");
            }
        }
        draft.notMapped(section, place);
    }

    private static boolean letsThrough(Directive directive) {
        return directive.name().equals("http-request") && REJECTING.contains(directive.argument(0));
    }

    /** A default that every proxy replaces, or that is for proxies of another kind. */
    private static boolean isOfNoUse(Directive directive) {
        return Set.of("mode", "balance", "default-server", "http-check").contains(directive.name())
                || directive.startsWith(List.of("option", "httpchk"))
                || directive.startsWith(List.of("timeout", "check"))
                || directive.startsWith(List.of("timeout", "client"))
                || directive.startsWith(List.of("timeout", "server"))
                || directive.startsWith(List.of("timeout", "connect"))
                || directive.startsWith(List.of("timeout", "queue"))
                || directive.startsWith(List.of("timeout", "http-request"))
                || directive.startsWith(List.of("timeout", "http-keep-alive"))
                || directive.name().equals("maxconn");
    }
}
