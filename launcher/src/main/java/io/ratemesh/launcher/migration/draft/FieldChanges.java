package io.ratemesh.launcher.migration.draft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Changes of the header fields of requests, or of responses, of a route. */
public final class FieldChanges {

    private final Map<String, Object> set = new LinkedHashMap<>();
    private final Map<String, Object> add = new LinkedHashMap<>();
    private final List<String> remove = new ArrayList<>();

    public void set(String field, String value) {
        set.put(field, value);
    }

    public void add(String field, String value) {
        add.put(field, value);
    }

    public void remove(String field) {
        remove.add(field);
    }

    /** With the changes of another one first. */
    public FieldChanges after(FieldChanges first) {
        FieldChanges both = new FieldChanges();
        for (FieldChanges each : List.of(first, this)) {
            both.set.putAll(each.set);
            both.add.putAll(each.add);
            both.remove.addAll(each.remove);
        }
        return both;
    }

    /** Writes them into a route, if there are any. */
    public void addTo(Map<String, Object> route, String key) {
        Map<String, Object> changes = new LinkedHashMap<>();
        if (!set.isEmpty()) {
            changes.put("set", new LinkedHashMap<>(set));
        }
        if (!add.isEmpty()) {
            changes.put("add", new LinkedHashMap<>(add));
        }
        if (!remove.isEmpty()) {
            changes.put("remove", List.copyOf(remove));
        }
        if (!changes.isEmpty()) {
            route.put(key, changes);
        }
    }
}
