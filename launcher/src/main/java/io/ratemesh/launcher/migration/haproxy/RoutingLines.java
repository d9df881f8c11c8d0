package io.ratemesh.launcher.migration.haproxy;

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

/** The lines of a frontend that decide where requests go. HAProxy takes the first that matches, the balancer the most specific route. */
final class RoutingLines {

    private static final String PLACE = "balancer.routes";
    private static final Set<String> REDIRECT_CODES = Set.of("301", "302", "303", "307", "308");

    private final SettingsDraft draft;
    private final Routes routes;
    private final HaproxyConditions conditions;
    private final Map<String, String> pools;
    private final FieldLines ofFrontend;
    private final Map<String, FieldLines> ofBackends;

    /**
     * Of one frontend.
     *
     * @param pools the names of pools by backend
     * @param ofBackends the header fields by backend
     */
    RoutingLines(
            SettingsDraft draft,
            Routes routes,
            HaproxyConditions conditions,
            Map<String, String> pools,
            FieldLines ofFrontend,
            Map<String, FieldLines> ofBackends) {
        this.draft = draft;
        this.routes = routes;
        this.conditions = conditions;
        this.pools = pools;
        this.ofFrontend = ofFrontend;
        this.ofBackends = ofBackends;
    }

    /** Settles a directive if it decides where requests go. */
    void add(Directive directive) {
        switch (directive.name()) {
            case "use_backend" -> addPool(directive, directive.argument(0), condition(directive, 1));
            case "default_backend" -> addPool(directive, directive.argument(0), Optional.of(List.of(Map.of())));
            case "redirect" -> addRedirect(directive, 0);
            case "http-request" -> addRequestRule(directive);
            default -> {}
        }
    }

    /** A backend that is its own frontend. */
    void addOwnBackend(Directive section, String name) {
        addPool(section, name, Optional.of(List.of(Map.of())));
    }

    private void addRequestRule(Directive directive) {
        switch (directive.argument(0)) {
            case "redirect" -> addRedirect(directive, 1);
            case "deny" -> addDeny(directive);
            case "return" -> addReturn(directive);
            default -> {}
        }
    }

    private void addPool(Directive directive, String backend, Optional<List<Map<String, Object>>> alternatives) {
        String pool = pools.get(backend);
        if (pool == null) {
            draft.notMapped(directive, PLACE, "there is no pool for " + backend);
        } else if (alternatives.isEmpty()) {
            draft.notMapped(directive, PLACE, "no route has such a condition");
        } else {
            add(directive, alternatives.get(), action(backend, pool));
        }
    }

    private Map<String, Object> action(String backend, String pool) {
        Map<String, Object> action = new LinkedHashMap<>();
        action.put("pool", pool);
        FieldLines none = new FieldLines(new FieldChanges(), new FieldChanges());
        FieldLines ofBackend = ofBackends.getOrDefault(backend, none);
        ofBackend.requests().after(ofFrontend.requests()).addTo(action, "request-headers");
        ofFrontend.responses().after(ofBackend.responses()).addTo(action, "response-headers");
        return action;
    }

    private void add(Directive directive, List<Map<String, Object>> alternatives, Map<String, Object> action) {
        boolean any = false;
        for (Map<String, Object> alternative : alternatives) {
            Map<String, Object> all = new LinkedHashMap<>();
            if (alternative.containsKey("host")) {
                all.put("host", alternative.get("host"));
            }
            all.put("path", alternative.getOrDefault("path", "/"));
            all.putAll(alternative);
            Route route = new Route(all, action);
            if (!isNeverReached(route)) {
                keepEarlier(route);
                any |= routes.add(route);
                addDifference(directive, alternative);
            }
        }
        if (any) {
            draft.mapped(directive);
        } else {
            draft.withoutEffect(directive, PLACE, "an earlier line takes these requests");
        }
    }

    private void addDifference(Directive directive, Map<String, Object> alternative) {
        String path = String.valueOf(alternative.getOrDefault("path", "/"));
        if (!path.endsWith("/") && !alternative.containsKey("exact")) {
            draft.differs(directive, PLACE, path + " matches whole segments: " + path + "/a, and not " + path + "a");
        }
    }

    /** Here a route with a host has precedence over one without; earlier lines keep theirs if they have the host too. */
    private void keepEarlier(Route route) {
        Object host = route.conditions().get("host");
        if (host == null) {
            return;
        }
        for (Route earlier : routes.all()) {
            if (!earlier.conditions().containsKey("host") && isAtOrBelow(earlier.path(), route.path())) {
                Map<String, Object> all = new LinkedHashMap<>();
                all.put("host", host);
                all.putAll(earlier.conditions());
                routes.add(new Route(all, earlier.action()));
            }
        }
    }

    /** Whether an earlier line takes all that this route is for. */
    private boolean isNeverReached(Route route) {
        return routes.all().stream()
                .filter(earlier -> earlier.conditions().keySet().equals(Set.of("path")))
                .anyMatch(earlier -> isAtOrBelow(route.path(), earlier.path()));
    }

    private static boolean isAtOrBelow(String path, String above) {
        String prefix = above.endsWith("/") ? above : above + "/";
        return path.equals(above) || path.startsWith(prefix);
    }

    private void addRedirect(Directive directive, int first) {
        List<String> words = directive.arguments();
        Map<String, String> options = new LinkedHashMap<>();
        int i = first;
        for (; i + 1 < words.size() && !words.get(i).equals("if"); i += 2) {
            options.put(words.get(i), words.get(i + 1));
        }
        Optional<List<Map<String, Object>>> alternatives = condition(directive, i);
        String code = options.getOrDefault("code", "302");
        String target = options.containsKey("prefix")
                ? options.get("prefix") + "${path}${query}"
                : options.getOrDefault("location", "");
        boolean literal = !target.isEmpty() && !target.contains("%");
        options.keySet().removeAll(Set.of("code", "prefix", "location"));
        if (literal && options.isEmpty() && REDIRECT_CODES.contains(code) && alternatives.isPresent()) {
            add(
                    directive,
                    alternatives.get(),
                    Map.of("redirect", ordered("to", target, "status", Integer.valueOf(code))));
        }
    }

    private void addDeny(Directive directive) {
        List<String> words = directive.arguments();
        boolean hasStatus = words.size() > 2 && words.get(1).equals("deny_status");
        String status = hasStatus ? words.get(2) : "403";
        respond(directive, status, "", hasStatus ? 3 : 1);
    }

    private void addReturn(Directive directive) {
        List<String> words = directive.arguments();
        String status = "200";
        String body = "";
        int i = 1;
        for (; i + 1 < words.size() && !words.get(i).equals("if"); i += 2) {
            switch (words.get(i)) {
                case "status" -> status = words.get(i + 1);
                case "string" -> body = words.get(i + 1);
                case "content-type" -> {
                    if (!words.get(i + 1).startsWith("text/plain")) {
                        return;
                    }
                }
                default -> {
                    return;
                }
            }
        }
        respond(directive, status, body, i);
    }

    private void respond(Directive directive, String status, String body, int end) {
        Optional<List<Map<String, Object>>> alternatives = condition(directive, end);
        if (status.matches("[1-5]\\d\\d") && alternatives.isPresent()) {
            Map<String, Object> response = ordered("status", Integer.valueOf(status), "body", body);
            if (body.isEmpty()) {
                response.remove("body");
            }
            add(directive, alternatives.get(), Map.of("respond", response));
        }
    }

    private static Map<String, Object> ordered(String key, Object value, String other, Object otherValue) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, value);
        map.put(other, otherValue);
        return map;
    }

    /** The condition from an argument on: none, or {@code if …}. */
    private Optional<List<Map<String, Object>>> condition(Directive directive, int from) {
        List<String> words = directive.arguments();
        if (words.size() <= from) {
            return Optional.of(List.of(Map.of()));
        }
        return words.get(from).equals("if")
                ? conditions.alternatives(words.subList(from + 1, words.size()))
                : Optional.empty();
    }
}
