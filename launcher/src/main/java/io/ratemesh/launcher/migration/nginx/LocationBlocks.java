package io.ratemesh.launcher.migration.nginx;

import io.ratemesh.launcher.migration.draft.Directive;
import io.ratemesh.launcher.migration.draft.FieldChanges;
import io.ratemesh.launcher.migration.draft.Routes;
import io.ratemesh.launcher.migration.draft.Routes.Route;
import io.ratemesh.launcher.migration.draft.SettingsDraft;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The locations of one server, which become routes. As here, the longest prefix wins. */
final class LocationBlocks {

    private static final String PLACE = "balancer.routes";

    /** What limits who gets a response. A route without it would be open to all. */
    static final Set<String> RESTRICTIONS = Set.of(
            "allow",
            "deny",
            "auth_basic",
            "auth_request",
            "auth_jwt",
            "internal",
            "limit_except",
            "satisfy",
            "secure_link",
            "valid_referers");

    private static final String RESTRICTED = "access is not limited; without a route, its requests follow the others";

    private static final Set<String> PASSES = Set.of("proxy_pass", "grpc_pass");
    private static final Set<String> OTHER_HANDLERS = Set.of(
            "fastcgi_pass", "uwsgi_pass", "scgi_pass", "memcached_pass", "alias", "root", "try_files", "rewrite");

    private final SettingsDraft draft;
    private final Routes routes;
    private final NginxPools pools;
    private final Optional<String> host;
    private final List<Directive> inherited;

    /**
     * Of one server.
     *
     * @param host that requests must be for; empty for all
     * @param inherited the directives around the locations
     */
    LocationBlocks(
            SettingsDraft draft, Routes routes, NginxPools pools, Optional<String> host, List<Directive> inherited) {
        this.draft = draft;
        this.routes = routes;
        this.pools = pools;
        this.host = host;
        this.inherited = inherited;
    }

    static boolean isRestriction(Directive directive) {
        return RESTRICTIONS.contains(directive.name()) && !directive.words().equals(List.of("auth_basic", "off"));
    }

    void add(Directive location) {
        String modifier = location.arguments().size() > 1 ? location.argument(0) : "";
        String path = location.argument(location.arguments().size() - 1);
        if (isDotFiles(location) || isStatus(location)) {
            draft.alwaysOn(location, PLACE);
            location.inside().forEach(each -> draft.alwaysOn(each, PLACE));
            return;
        }
        Optional<Directive> pass = location.inside().stream()
                .filter(each -> PASSES.contains(each.name()))
                .findFirst();
        Optional<String> reason = reasonAgainst(location, modifier, path, pass);
        if (reason.isPresent()) {
            draft.notMapped(location, PLACE, reason.get());
            if (reason.get().equals(RESTRICTED)) {
                forbid(location, path);
            }
            return;
        }
        Map<String, Object> conditions = new LinkedHashMap<>();
        host.ifPresent(name -> conditions.put("host", name));
        conditions.put("path", path);
        if (modifier.equals("=")) {
            conditions.put("exact", true);
        }
        if (pass.isPresent()) {
            addProxied(location, pass.get(), conditions);
        } else {
            addReturn(location, conditions);
        }
    }

    /** Nobody gets in, rather than everybody. */
    private void forbid(Directive location, String path) {
        Map<String, Object> conditions = new LinkedHashMap<>();
        host.ifPresent(name -> conditions.put("host", name));
        conditions.put("path", path);
        if (location.argument(0).equals("=")) {
            conditions.put("exact", true);
        }
        routes.add(new Route(conditions, Map.of("respond", Map.of("status", 403))));
    }

    /** The location to which requests for files that do not exist go. */
    void addFallback(Directive location) {
        Optional<Directive> pass = location.inside().stream()
                .filter(each -> PASSES.contains(each.name()))
                .findFirst();
        Map<String, Object> conditions = new LinkedHashMap<>();
        host.ifPresent(name -> conditions.put("host", name));
        conditions.put("path", "/");
        if (pass.isPresent() && reasonAgainst(location, "", "/", pass).isEmpty()) {
            addProxied(location, pass.get(), conditions);
        } else {
            draft.notMapped(location, PLACE);
        }
    }

    private Optional<String> reasonAgainst(Directive location, String modifier, String path, Optional<Directive> pass) {
        if (modifier.startsWith("~") || path.startsWith("@")) {
            return Optional.of("a route has a prefix, not a regular expression")
                    .filter(ignored -> !path.startsWith("@"))
                    .or(() -> Optional.of("nothing that was mapped goes there"));
        }
        if (!path.matches("/[^?#\\s]*")) {
            return Optional.of("a path begins with /");
        }
        if (location.inside().stream().anyMatch(LocationBlocks::isRestriction)) {
            return Optional.of(RESTRICTED);
        }
        boolean otherwise = location.inside().stream()
                .anyMatch(each ->
                        OTHER_HANDLERS.contains(each.name()) || each.name().equals("if"));
        return pass.isPresent() && otherwise
                ? Optional.of("a route sends all its requests to one pool")
                : Optional.empty();
    }

    private void addProxied(Directive location, Directive pass, Map<String, Object> conditions) {
        Optional<ProxyPass> target = ProxyPass.parse(pass.argument(0));
        Map<String, Object> action = new LinkedHashMap<>();
        String path = String.valueOf(conditions.get("path"));
        boolean pathIsKept = target.filter(to -> keepsPath(to, path, action)).isPresent();
        Optional<String> pool = target.filter(ignored -> pathIsKept).flatMap(pools::find);
        if (pool.isEmpty()) {
            draft.notMapped(
                    location,
                    PLACE,
                    pathIsKept ? "no pool has such servers" : "the path is forwarded as it is, to a fixed pool");
            return;
        }
        action.put("pool", pool.get());
        draft.mapped(pass);
        FieldChanges requests = new FieldChanges();
        FieldChanges responses = new FieldChanges();
        inherited.forEach(each -> addField(each, requests, responses));
        location.inside().forEach(each -> addDirective(each, pool.get(), requests, responses));
        pools.inherit(pool.get(), inherited);
        requests.addTo(action, "request-headers");
        responses.addTo(action, "response-headers");
        finish(location, conditions, action);
    }

    /** Whether the path is forwarded as it is, or without the prefix of the location, which a route can remove. */
    private boolean keepsPath(ProxyPass target, String path, Map<String, Object> action) {
        if (target.path().isEmpty() || target.path().equals(path)) {
            return true;
        }
        boolean strips = target.path().equals("/") && path.endsWith("/");
        if (strips) {
            action.put("strip-prefix", path.substring(0, path.length() - 1));
        }
        return strips;
    }

    private void addDirective(Directive directive, String pool, FieldChanges requests, FieldChanges responses) {
        if (NeedsNothing.includes(directive)) {
            draft.alwaysOn(directive, NginxPools.placeOf(pool));
            return;
        }
        if (!pools.add(directive, pool) && !addField(directive, requests, responses)) {
            draft.notMapped(directive, PLACE);
        }
    }

    private boolean addField(Directive directive, FieldChanges requests, FieldChanges responses) {
        if (NeedsNothing.includes(directive) || isStrictTransport(directive)) {
            return false;
        }
        String field = directive.argument(0);
        String value = directive.argument(1).equals("$remote_addr") ? "${client.address}" : directive.argument(1);
        boolean literal = !value.replace("${client.address}", "").contains("$") && field.matches("[A-Za-z0-9-]+");
        if (directive.name().equals("proxy_set_header") && literal) {
            if (value.isEmpty()) {
                requests.remove(field);
            } else {
                requests.set(field, value);
            }
        } else if (directive.name().equals("proxy_hide_header")) {
            responses.remove(field);
        } else if (directive.name().equals("add_header") && literal) {
            responses.add(field, value);
        } else {
            return false;
        }
        draft.mapped(directive);
        return true;
    }

    /** It is a setting of the listener. */
    private static boolean isStrictTransport(Directive directive) {
        return directive.argument(0).equalsIgnoreCase("Strict-Transport-Security");
    }

    private void addReturn(Directive location, Map<String, Object> conditions) {
        Optional<Map<String, Object>> action = location.inside().stream()
                .filter(each -> each.name().equals("return"))
                .findFirst()
                .flatMap(this::returned);
        if (action.isEmpty()) {
            draft.notMapped(location, PLACE);
            return;
        }
        location.inside().forEach(each -> {
            if (each.name().equals("return")) {
                draft.mapped(each);
            } else {
                draft.notMapped(each, PLACE);
            }
        });
        finish(location, conditions, action.get());
    }

    /** What {@code return} does, as the action of a route. */
    private Optional<Map<String, Object>> returned(Directive directive) {
        String first = directive.argument(0);
        String status = first.matches("[1-5]\\d\\d") ? first : "302";
        String text = first.equals(status) ? directive.argument(1) : first;
        boolean redirects = Set.of("301", "302", "303", "307", "308").contains(status) && !text.isEmpty();
        Map<String, Object> values = new LinkedHashMap<>();
        if (redirects) {
            String target =
                    text.replaceFirst("\\$request_uri$", "\\${path}\\${query}").replaceFirst("\\$uri$", "\\${path}");
            values.put("to", target);
            values.put("status", Integer.valueOf(status));
            boolean literal =
                    !target.replace("${path}", "").replace("${query}", "").contains("$");
            return literal ? Optional.of(Map.of("redirect", values)) : Optional.empty();
        }
        if (!text.contains("$") && !status.equals("444")) {
            values.put("status", Integer.valueOf(status));
            if (!text.isEmpty()) {
                values.put("body", text);
            }
            return Optional.of(Map.of("respond", values));
        }
        return Optional.empty();
    }

    private void finish(Directive location, Map<String, Object> conditions, Map<String, Object> action) {
        if (!routes.add(new Route(conditions, action))) {
            draft.notMapped(location, PLACE, "another route has the same path");
            return;
        }
        draft.mapped(location);
        String path = String.valueOf(conditions.get("path"));
        if (!path.endsWith("/") && !conditions.containsKey("exact")) {
            draft.differs(location, PLACE, path + " matches whole segments: " + path + "/a, and not " + path + "a");
        }
    }

    private static boolean isDotFiles(Directive location) {
        return Set.of("/\\.", "/\\.ht", "/\\.(?!well-known)", "/\\.(?!well-known).*", "/\\.(?!well-known/)")
                        .contains(location.argument(1))
                && location.argument(0).startsWith("~")
                && location.inside().stream()
                        .allMatch(each -> Set.of("deny all", "access_log off", "log_not_found off", "return 404")
                                .contains(String.join(" ", each.words())));
    }

    private static boolean isStatus(Directive location) {
        return location.inside().stream().anyMatch(each -> each.name().equals("stub_status"));
    }
}
