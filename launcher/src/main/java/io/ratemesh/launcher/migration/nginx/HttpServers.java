package io.ratemesh.launcher.migration.nginx;

import io.ratemesh.launcher.migration.draft.Directive;
import io.ratemesh.launcher.migration.draft.DurationText;
import io.ratemesh.launcher.migration.draft.FrontDoor;
import io.ratemesh.launcher.migration.draft.FrontDoor.Kind;
import io.ratemesh.launcher.migration.draft.Routes;
import io.ratemesh.launcher.migration.draft.SettingsDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The level {@code http}: its servers become listeners and routes, its other directives limits and settings of pools. */
final class HttpServers {

    private static final String PLACE = "balancer";
    private static final String ROUTES = "balancer.routes";
    private static final String STATIC = "balancer.static";

    private static final String FOR_EVERY_HOST = "the listeners are for every host";

    private final SettingsDraft draft;
    private final FrontDoor frontDoor;
    private final NginxPools pools;
    private final ClientLimits limits;
    private final Routes routes = new Routes();

    HttpServers(SettingsDraft draft, FrontDoor frontDoor, NginxPools pools) {
        this.draft = draft;
        this.frontDoor = frontDoor;
        this.pools = pools;
        this.limits = new ClientLimits(draft);
    }

    /** Maps the directives of the level; what is left is not mapped. */
    void add(List<Directive> level) {
        level.stream().filter(each -> each.name().equals("upstream")).forEach(pools::addUpstream);
        level.stream().filter(each -> !each.name().equals("server")).forEach(each -> addShared(each));
        List<ServerBlock> servers = level.stream()
                .filter(each -> each.name().equals("server"))
                .map(ServerBlock::new)
                .toList();
        List<ServerBlock> redirects = servers.stream()
                .filter(server -> server.httpsRedirect().isPresent())
                .filter(ignored -> servers.stream().anyMatch(ServerBlock::hasTls))
                .toList();
        List<ServerBlock> serving = new ArrayList<>(servers);
        serving.removeAll(redirects);
        servers.stream().filter(ServerBlock::isStatus).forEach(this::addStatus);
        serving.removeIf(ServerBlock::isStatus);
        serving.sort((one, other) -> Boolean.compare(other.isDefault(), one.isDefault()));
        for (int i = 0; i < serving.size(); i++) {
            addServer(serving.get(i), i == 0, serving.size() > 1, level);
        }
        redirects.forEach(this::addRedirect);
        level.stream().filter(each -> each.name().equals("resolver")).forEach(this::addResolver);
        pools.addInherited();
        routes.finish(draft);
        serving.forEach(server -> server.inside().forEach(each -> settleRest(each, ROUTES)));
        level.forEach(each -> settleRest(each, PLACE));
    }

    private void addRedirect(ServerBlock server) {
        server.all("listen").forEach(listen -> addListen(listen, server));
        server.all("server_name").forEach(each -> draft.withoutEffect(each, ROUTES, FOR_EVERY_HOST));
        server.all("location").forEach(draft::mapped);
        server.httpsRedirect().ifPresent(directive -> {
            draft.set("balancer.http.to-https", true);
            draft.mapped(directive);
        });
        draft.mapped(server.directive());
        server.inside().forEach(each -> {
            if (!draft.isSettled(each)) {
                addShared(each);
            }
        });
    }

    /** The stats port in the place of a server that shows nothing but the status of nginx. */
    private void addStatus(ServerBlock server) {
        for (Directive listen : server.all("listen")) {
            Optional<NginxListen> address = NginxListen.parse(listen);
            if (address.filter(each -> frontDoor.listen(Kind.STATS, each.bind(), each.port()))
                    .isPresent()) {
                draft.mappedWithout(listen, Kind.STATS.key(), address.get().withoutSetting());
            } else {
                draft.notMapped(listen, Kind.STATS.key());
            }
        }
        draft.mapped(server.directive());
        server.inside().forEach(each -> {
            draft.alwaysOn(each, Kind.STATS.key());
            each.inside().forEach(inside -> draft.alwaysOn(inside, Kind.STATS.key()));
        });
    }

    private void addServer(ServerBlock server, boolean first, boolean several, List<Directive> level) {
        List<Optional<String>> hosts = List.of(Optional.empty());
        if (several && !first) {
            if (server.hosts().isEmpty() || server.hasOtherNames()) {
                draft.notMapped(server.directive(), ROUTES, "routes do not tell such hosts apart");
                return;
            }
            hosts = server.hosts().stream().map(Optional::of).toList();
        }
        if (server.inside().stream().anyMatch(LocationBlocks::isRestriction)
                || server.all("ssl_verify_client").stream()
                        .anyMatch(each -> !each.argument(0).equals("off"))) {
            draft.notMapped(server.directive(), ROUTES, "a listener does not limit access");
            return;
        }
        draft.mapped(server.directive());
        server.all("listen").forEach(listen -> addListen(listen, server));
        if (server.all("listen").isEmpty()) {
            frontDoor.listen(Kind.HTTP, "0.0.0.0", 80);
        }
        boolean forEveryHost = hosts.get(0).isEmpty();
        server.all("server_name").forEach(each -> {
            if (forEveryHost) {
                draft.withoutEffect(each, ROUTES, FOR_EVERY_HOST);
            } else {
                draft.mapped(each);
            }
        });
        Optional<Directive> fallback = addFiles(server);
        server.inside().forEach(each -> addShared(each));
        List<Directive> locations = locations(server.inside());
        for (Optional<String> host : hosts) {
            List<Directive> inherited = new ArrayList<>(level);
            inherited.addAll(server.inside());
            inherited.removeIf(each -> each.block().isPresent());
            LocationBlocks blocks = new LocationBlocks(draft, routes, pools, host, inherited);
            locations.forEach(blocks::add);
            fallback.ifPresent(blocks::addFallback);
        }
    }

    /** The locations that are not the files of the server. */
    private List<Directive> locations(List<Directive> inside) {
        return inside.stream()
                .filter(each ->
                        each.name().equals("location") && !each.argument(0).startsWith("@"))
                .filter(each -> !draft.isSettled(each))
                .toList();
    }

    private void addListen(Directive listen, ServerBlock server) {
        Optional<NginxListen> parsed = NginxListen.parse(listen);
        if (parsed.isEmpty()) {
            draft.notMapped(listen, PLACE, "a listener has an address and a port");
            return;
        }
        NginxListen address = parsed.get();
        boolean http2 = address.has("http2")
                || server.inside().stream().anyMatch(each -> each.words().equals(List.of("http2", "on")));
        Kind kind = address.has("ssl") ? Kind.TLS : http2 ? Kind.H2C : Kind.HTTP;
        if (address.has("quic")) {
            draft.notMapped(listen, kind.key());
            return;
        }
        if (kind == Kind.TLS && !hasCertificate(server)) {
            draft.notMapped(listen, kind.key(), "it needs ssl_certificate and ssl_certificate_key");
            return;
        }
        if (!frontDoor.listen(kind, address.bind(), address.port())) {
            draft.notMapped(listen, kind.key(), "there is one listener of this kind");
            return;
        }
        if (address.has("proxy_protocol")) {
            draft.set(kind.key() + ".proxy-protocol", true);
        }
        draft.mappedWithout(listen, kind.key(), address.withoutSetting());
        server.all("http2").forEach(draft::mapped);
    }

    private boolean hasCertificate(ServerBlock server) {
        List<Directive> both = new ArrayList<>(server.all("ssl_certificate"));
        both.addAll(server.all("ssl_certificate_key"));
        both.forEach(this::addCertificate);
        return draft.has("balancer.tls.cert") && draft.has("balancer.tls.key");
    }

    private void addCertificate(Directive directive) {
        String key = directive.name().equals("ssl_certificate") ? "cert" : "key";
        boolean file =
                !directive.argument(0).contains("$") && !directive.argument(0).contains(":");
        if (file && draft.agree("balancer.tls." + key, directive.argument(0))) {
            draft.mapped(directive);
        } else {
            draft.notMapped(directive, "balancer.tls", "there is one certificate");
        }
    }

    /** The static files of a server; returns the location for other requests, if they name one. */
    private Optional<Directive> addFiles(ServerBlock server) {
        Optional<Directive> slash = server.all("location").stream()
                .filter(each -> each.words().equals(List.of("location", "/")))
                .filter(each ->
                        each.inside().stream().noneMatch(inside -> inside.name().endsWith("_pass"))
                                && each.inside().stream().noneMatch(LocationBlocks::isRestriction))
                .findFirst();
        List<Directive> own = new ArrayList<>(server.inside());
        slash.ifPresent(location -> own.addAll(location.inside()));
        List<Directive> roots =
                own.stream().filter(each -> each.name().equals("root")).toList();
        List<Directive> tries =
                own.stream().filter(each -> each.name().equals("try_files")).toList();
        if (roots.size() != 1 || tries.size() > 1) {
            return Optional.empty();
        }
        Optional<Directive> fallback = tries.stream()
                .flatMap(each -> server.all("location").stream()
                        .filter(location -> location.words()
                                .equals(List.of(
                                        "location",
                                        each.arguments().get(each.arguments().size() - 1)))))
                .filter(location -> location.argument(0).startsWith("@"))
                .findFirst();
        boolean plain = tries.stream().allMatch(each -> isPlain(each, fallback.isPresent()));
        if (!plain || !draft.agree(STATIC + ".dir", roots.get(0).argument(0))) {
            return Optional.empty();
        }
        draft.mapped(roots.get(0));
        tries.forEach(draft::mapped);
        slash.ifPresent(location -> {
            draft.mapped(location);
            location.inside().forEach(each -> addShared(each));
            location.inside().forEach(each -> settleRest(each, STATIC));
        });
        return fallback;
    }

    private static boolean isPlain(Directive tries, boolean hasFallback) {
        List<String> files = tries.arguments().subList(0, tries.arguments().size() - 1);
        String last = tries.arguments().get(tries.arguments().size() - 1);
        return Set.of("$uri", "$uri/", "$uri/index.html").containsAll(files) && (hasFallback || last.equals("=404"));
    }

    /** A directive that is not about one server alone; it may be inherited. */
    private void addShared(Directive directive) {
        if (draft.isSettled(directive) || directive.name().equals("location")) {
            return;
        }
        switch (directive.name()) {
            case "set_real_ip_from" -> addTrusted(directive);
            case "access_log" -> addAccessLog(directive);
            case "gzip", "gzip_min_length" -> addCompression(directive);
            case "ssl_certificate", "ssl_certificate_key" -> addCertificate(directive);
            case "ssl_protocols" -> {
                if (Set.of("TLSv1.2", "TLSv1.3").containsAll(directive.arguments())
                        && directive.arguments().size() == 2) {
                    draft.alwaysOn(directive, "balancer.tls");
                }
            }
            case "add_header" -> addStrictTransport(directive);
            default -> {
                if (NeedsNothing.includes(directive)) {
                    draft.alwaysOn(directive, PLACE);
                    directive.inside().forEach(each -> draft.alwaysOn(each, PLACE));
                } else {
                    limits.add(directive);
                }
            }
        }
    }

    private void addTrusted(Directive directive) {
        String network = directive.argument(0);
        if (network.matches("[0-9.]+(?:/\\d{1,2})?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:/\\d{1,3})?")) {
            draft.addText("balancer.trusted-proxies", network);
            draft.mapped(directive);
        } else {
            draft.notMapped(directive, "balancer.trusted-proxies", "list addresses and networks");
        }
    }

    private void addAccessLog(Directive directive) {
        String to = directive.argument(0).equals("/dev/stdout") ? "stdout" : directive.argument(0);
        boolean file = !to.contains("$") && !to.contains(":") && !to.contains("%");
        if (!file || !draft.agree("balancer.access-log.to", to)) {
            draft.notMapped(directive, "balancer.access-log", "there is one access log");
        } else if (to.equals("off")) {
            draft.mapped(directive);
        } else {
            draft.agree("balancer.access-log.format", "json");
            draft.differs(directive, "balancer.access-log", "each line is a JSON object");
        }
    }

    private void addCompression(Directive directive) {
        if (directive.words().equals(List.of("gzip", "off"))) {
            if (NeedsNothing.includes(directive)) {
                draft.alwaysOn(directive, PLACE);
            }
            return;
        }
        if (directive.name().equals("gzip")) {
            draft.agree("balancer.compression.enabled", true);
            draft.mapped(directive);
        } else if (directive.argument(0).matches("\\d{1,7}")) {
            draft.agree("balancer.compression.min-size", Integer.parseInt(directive.argument(0)) + "B");
            draft.mapped(directive);
        }
    }

    private void addStrictTransport(Directive directive) {
        Optional<String> age = Optional.of(directive.argument(1))
                .filter(value -> directive.argument(0).equalsIgnoreCase("Strict-Transport-Security"))
                .filter(value -> value.matches("max-age=\\d{1,8}(;.*)?"))
                .map(value -> value.replaceFirst("max-age=(\\d+).*", "$1"))
                .flatMap(seconds -> DurationText.within(
                        Long.parseLong(seconds) * DurationText.SECOND,
                        new DurationText.Range("hsts", 0, 17_520 * DurationText.HOUR)));
        if (age.isPresent() && draft.has("balancer.tls.cert") && draft.agree("balancer.tls.hsts", age.get())) {
            List<String> others = directive.argument(1).contains(";")
                    ? List.of(directive.argument(1).replaceFirst("[^;]*;\\s*", ""))
                    : List.of();
            draft.mappedWithout(directive, "balancer.tls", others);
        }
    }

    private void addResolver(Directive directive) {
        Optional<String> valid = directive.arguments().stream()
                .filter(each -> each.startsWith("valid="))
                .map(each -> each.substring("valid=".length()))
                .findFirst()
                .flatMap(NginxDuration::millis)
                .flatMap(millis -> DurationText.within(
                        millis, new DurationText.Range("resolve.max", 100, 24 * DurationText.HOUR)));
        valid.ifPresent(pools::resolveWithin);
        draft.notMapped(
                directive,
                NginxPools.PLACE,
                (valid.isPresent() ? "only: the addresses, since " : "") + "the resolver of the system is used");
    }

    /** What nobody has settled is not mapped. */
    private void settleRest(Directive directive, String place) {
        if (!draft.isSettled(directive)) {
            draft.notMapped(directive, place);
        }
        directive.inside().forEach(each -> settleRest(each, place));
    }
}
