package io.ratemesh.launcher.migration.draft;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The settings that an import has found so far, and what became of each directive. A directive that nobody settles is not mapped, so none
 * is lost. Places are keys such as {@code balancer.pools.web}; a comment stands above its place.
 */
public final class SettingsDraft {

    private static final Pattern SECRETS =
            Pattern.compile("((?:insecure-)?password\\s+|stats\\s+auth\\s+[^\\s:]+:|auth-pass\\s+)\\S+");
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cntrl}]+");

    /** In which people write the sections of the balancer. */
    private static final List<String> ORDER = List.of(
            "event-loops",
            "http",
            "tls",
            "h2c",
            "trusted-proxies",
            "limits",
            "stats",
            "access-log",
            "compression",
            "pools",
            "routes",
            "static",
            "tcp");

    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final Map<String, List<String>> comments = new LinkedHashMap<>();
    private final Set<Directive> settled = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean complete = true;

    /** Sets a value, instead of an earlier one. */
    public void set(String key, Object value) {
        section(parent(key)).put(key.substring(key.lastIndexOf('.') + 1), value);
    }

    /** Sets a value unless there is another one; false if there is. */
    public boolean agree(String key, Object value) {
        Object earlier = section(parent(key)).putIfAbsent(key.substring(key.lastIndexOf('.') + 1), value);
        return earlier == null || earlier.equals(value);
    }

    public boolean has(String key) {
        return section(parent(key)).containsKey(key.substring(key.lastIndexOf('.') + 1));
    }

    /** Adds an item to a list. */
    public void addItem(String key, Map<String, Object> item) {
        addTo(key, item);
    }

    /** Adds a text to a list, once. */
    public void addText(String key, String text) {
        addTo(key, text);
    }

    private void addTo(String key, Object item) {
        List<Object> items = new ArrayList<>();
        if (section(parent(key)).get(key.substring(key.lastIndexOf('.') + 1)) instanceof List<?> earlier) {
            items.addAll(earlier);
        }
        if (!items.contains(item)) {
            items.add(item);
        }
        set(key, items);
    }

    /** Writes these keys of a section in this order, before its others. */
    private void order(String key, List<String> names) {
        Map<String, Object> section = section(key);
        Map<String, Object> all = new LinkedHashMap<>(section);
        section.clear();
        names.stream().filter(all::containsKey).forEach(name -> section.put(name, all.remove(name)));
        section.putAll(all);
    }

    /** Settles a directive that is part of the settings. */
    public void mapped(Directive directive) {
        settled.add(directive);
    }

    /** Settles a directive that needs no setting. */
    public void alwaysOn(Directive directive, String place) {
        if (settled.add(directive)) {
            comment(place, "always on: " + where(directive) + ": " + shown(directive));
        }
    }

    /** Settles a directive that changes nothing in the configuration either. */
    public void withoutEffect(Directive directive, String place, String reason) {
        if (settled.add(directive)) {
            comment(place, where(directive) + ": without effect: " + shown(directive) + " (" + reason + ")");
        }
    }

    /** Settles a directive whose setting differs a little. */
    public void differs(Directive directive, String place, String how) {
        settled.add(directive);
        comment(place, where(directive) + ": differs: " + shown(directive) + " (" + how + ")");
    }

    /** Settles a directive, with all that is inside, that has no setting. */
    public void notMapped(Directive directive, String place) {
        notMapped(directive, place, "");
    }

    /**
     * The same with a reason.
     *
     * @param reason why, or which part of the directive; may be empty
     */
    public void notMapped(Directive directive, String place, String reason) {
        if (settled.add(directive)) {
            comment(
                    place,
                    where(directive) + ": not mapped: " + shown(directive)
                            + (reason.isEmpty() ? "" : " (" + reason + ")"));
            complete = false;
        }
        directive.inside().forEach(each -> notMapped(each, place));
    }

    /** Settles a directive of which parts have no setting. */
    public void mappedWithout(Directive directive, String place, List<String> parts) {
        if (parts.isEmpty()) {
            mapped(directive);
        } else {
            notMapped(directive, place, "only: " + String.join(", ", parts));
        }
    }

    public boolean isSettled(Directive directive) {
        return settled.contains(directive);
    }

    /** Adds a comment that belongs to no directive. */
    public void comment(String place, String text) {
        comments.computeIfAbsent(place, ignored -> new ArrayList<>()).add(text);
    }

    /** Whether every directive was mapped. */
    public boolean isComplete() {
        return complete;
    }

    /** The settings as YAML. */
    public String yaml() {
        order("balancer", ORDER);
        return DraftYaml.write(settings, comments);
    }

    private static String where(Directive directive) {
        return directive.file() + ":" + directive.line();
    }

    /** The directive on one line, without passwords. */
    private static String shown(Directive directive) {
        return SECRETS.matcher(SPACE.matcher(directive.text()).replaceAll(" ").strip())
                .replaceAll("$1(not shown)");
    }

    @SuppressWarnings("unchecked") // Only this method creates sections.
    private Map<String, Object> section(String key) {
        if (key.isEmpty()) {
            return settings;
        }
        return (Map<String, Object>) section(parent(key))
                .computeIfAbsent(key.substring(key.lastIndexOf('.') + 1), ignored -> new LinkedHashMap<>());
    }

    private static String parent(String key) {
        return key.substring(0, Math.max(key.lastIndexOf('.'), 0));
    }
}
