package io.ratemesh.launcher.migration.draft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The routes in the order in which they were found. */
public final class Routes {

    /**
     * A route.
     *
     * @param conditions which requests it is for: {@code path} and others, as in settings; with {@code exact} the whole path
     * @param action what happens to them: {@code pool}, {@code redirect} or {@code respond}
     */
    public record Route(Map<String, Object> conditions, Map<String, Object> action) {

        public String path() {
            return String.valueOf(conditions.get("path"));
        }

        private Map<String, Object> toSettings() {
            Map<String, Object> item = new LinkedHashMap<>();
            boolean exact = conditions.containsKey("exact");
            conditions.forEach((name, value) -> {
                if (!name.equals("exact")) {
                    item.put(exact && name.equals("path") ? "exact" : name, value);
                }
            });
            item.putAll(action);
            return item;
        }
    }

    private final List<Route> routes = new ArrayList<>();

    /** Adds a route; false if another one has the same conditions and another action. */
    public boolean add(Route route) {
        for (Route earlier : routes) {
            if (earlier.conditions().equals(route.conditions())) {
                return earlier.action().equals(route.action());
            }
        }
        routes.add(route);
        return true;
    }

    /** The routes so far. */
    public List<Route> all() {
        return List.copyOf(routes);
    }

    /** Writes the routes into the draft. */
    public void finish(SettingsDraft draft) {
        routes.forEach(route -> draft.addItem("balancer.routes", route.toSettings()));
    }
}
