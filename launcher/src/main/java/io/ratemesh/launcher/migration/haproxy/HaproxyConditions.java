package io.ratemesh.launcher.migration.haproxy;

import io.ratemesh.launcher.migration.draft.Directive;
import io.ratemesh.launcher.migration.draft.SettingsDraft;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** ACLs of a frontend, and the conditions made of them. A condition becomes one route for each of its alternatives. */
final class HaproxyConditions {

    private static final Set<String> HOSTS =
            Set.of("hdr(host)", "req.hdr(host)", "ssl_fc_sni", "req.ssl_sni", "req_ssl_sni");

    private final SettingsDraft draft;
    private final Map<String, List<Directive>> acls = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Set<String> referenced = new HashSet<>();

    HaproxyConditions(HaproxyProxy proxy, SettingsDraft draft) {
        this.draft = draft;
        proxy.own().stream()
                .filter(each -> each.name().equals("acl"))
                .forEach(acl -> acls.computeIfAbsent(acl.argument(0), ignored -> new ArrayList<>())
                        .add(acl));
        Set<String> words = new HashSet<>();
        proxy.own().stream().filter(each -> !each.name().equals("acl")).forEach(each -> words.addAll(each.words()));
        acls.keySet().stream()
                .filter(name -> words.contains(name) || words.contains("!" + name))
                .forEach(referenced::add);
    }

    /**
     * The alternatives of a condition, each as the conditions of a route; empty if there is no such route.
     *
     * @param words after {@code if}
     */
    Optional<List<Map<String, Object>>> alternatives(List<String> words) {
        List<Map<String, Object>> all = new ArrayList<>();
        List<String> conjunction = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String word : words) {
            if (word.equals("||") || word.equals("or")) {
                Optional<List<Map<String, Object>>> one = conjunction(conjunction, names);
                if (one.isEmpty()) {
                    return Optional.empty();
                }
                all.addAll(one.get());
                conjunction.clear();
            } else {
                conjunction.add(word);
            }
        }
        Optional<List<Map<String, Object>>> last = conjunction(conjunction, names);
        last.ifPresent(ignored -> used.addAll(names));
        return last.map(one -> {
            all.addAll(one);
            return List.copyOf(all);
        });
    }

    /** Whether a condition is that a request came without TLS, or with it. */
    boolean isAboutTls(List<String> words, boolean tls) {
        String text = String.join(" ", words);
        Set<String> with = new HashSet<>(Set.of("{ ssl_fc }"));
        acls.forEach((name, lines) -> {
            if (lines.size() == 1 && lines.get(0).arguments().equals(List.of(name, "ssl_fc"))) {
                with.add(name);
            }
        });
        boolean negated = text.startsWith("!");
        String positive = text.replaceFirst("^!\\s*", "");
        boolean matches = with.contains(positive) && negated != tls;
        if (matches) {
            used.add(positive);
        }
        return matches;
    }

    /** Settles the lines of the ACLs. */
    void finish(String place) {
        acls.forEach((name, lines) -> lines.forEach(line -> {
            if (used.contains(name)) {
                draft.mapped(line);
            } else if (!referenced.contains(name)) {
                draft.withoutEffect(line, place, "nothing uses it");
            }
        }));
    }

    private Optional<List<Map<String, Object>>> conjunction(List<String> words, Set<String> names) {
        List<Map<String, Object>> all = List.of(Map.of());
        for (int i = 0; i < words.size(); i++) {
            Optional<List<Map<String, Object>>> term;
            if (words.get(i).equals("{")) {
                int end = words.subList(i, words.size()).indexOf("}");
                if (end < 0) {
                    return Optional.empty();
                }
                term = criterion(words.subList(i + 1, i + end));
                i += end;
            } else {
                String name = words.get(i);
                names.add(name);
                term = named(name);
            }
            if (term.isEmpty()) {
                return Optional.empty();
            }
            Optional<List<Map<String, Object>>> both = both(all, term.get());
            if (both.isEmpty()) {
                return Optional.empty();
            }
            all = both.get();
        }
        return words.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    private Optional<List<Map<String, Object>>> named(String name) {
        if (name.startsWith("METH_") && !acls.containsKey(name)) {
            return criterion(List.of("method", name.substring("METH_".length())));
        }
        List<Map<String, Object>> all = new ArrayList<>();
        for (Directive acl : acls.getOrDefault(name, List.of())) {
            Optional<List<Map<String, Object>>> line =
                    criterion(acl.arguments().subList(1, acl.arguments().size()));
            if (line.isEmpty()) {
                return Optional.empty();
            }
            all.addAll(line.get());
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    /** Both must hold; empty if they set one condition to two values. */
    private static Optional<List<Map<String, Object>>> both(
            List<Map<String, Object>> left, List<Map<String, Object>> right) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Map<String, Object> one : left) {
            for (Map<String, Object> other : right) {
                if (one.keySet().stream().anyMatch(other::containsKey)) {
                    return Optional.empty();
                }
                Map<String, Object> merged = new LinkedHashMap<>(one);
                merged.putAll(other);
                all.add(merged);
            }
        }
        return Optional.of(all);
    }

    /** A criterion, its flags and its patterns, of which one must match. */
    private Optional<List<Map<String, Object>>> criterion(List<String> words) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        String criterion = words.get(0);
        boolean ignoresCase = false;
        String method = "";
        int i = 1;
        for (; i < words.size() && words.get(i).startsWith("-"); i++) {
            switch (words.get(i)) {
                case "-i" -> ignoresCase = true;
                case "-m" -> {
                    i++;
                    method = i < words.size() ? words.get(i) : "";
                }
                case "--" -> {}
                default -> {
                    return Optional.empty();
                }
            }
        }
        List<String> patterns = words.subList(Math.min(i, words.size()), words.size());
        return patterns.isEmpty() ? Optional.empty() : conditions(criterion, method, ignoresCase, patterns);
    }

    private Optional<List<Map<String, Object>>> conditions(
            String criterion, String method, boolean ignoresCase, List<String> patterns) {
        String prefixed = criterion.equals("path") && method.equals("beg") ? "path_beg" : criterion;
        boolean exact = method.isEmpty() || method.equals("str") || !prefixed.equals(criterion);
        if (HOSTS.contains(prefixed) && exact) {
            return each(patterns, host -> Map.of("host", host.toLowerCase(Locale.ROOT)));
        }
        if (prefixed.equals("hdr_end(host)")) {
            boolean allBelow = patterns.stream().allMatch(pattern -> pattern.startsWith("."));
            return allBelow ? each(patterns, host -> Map.of("host", "*" + host)) : Optional.empty();
        }
        if (prefixed.equals("method")) {
            return Optional.of(List.of(Map.of("method", List.copyOf(patterns))));
        }
        if (prefixed.matches("(?:req\\.)?hdr\\([A-Za-z0-9-]+\\)") && exact && !ignoresCase) {
            String field = prefixed.substring(prefixed.indexOf('(') + 1, prefixed.length() - 1);
            return each(patterns, value -> Map.of("headers", Map.of(field, value)));
        }
        return ignoresCase || !exact ? Optional.empty() : paths(prefixed, patterns);
    }

    private Optional<List<Map<String, Object>>> paths(String criterion, List<String> patterns) {
        if (patterns.stream().anyMatch(path -> !path.matches("/?[^?#\\s]*"))) {
            return Optional.empty();
        }
        return switch (criterion) {
            case "path_beg" ->
                patterns.stream().allMatch(path -> path.startsWith("/"))
                        ? each(patterns, path -> Map.of("path", path))
                        : Optional.empty();
            case "path_dir" -> each(patterns, path -> Map.of("path", "/" + path.replaceAll("^/+|/+$", "") + "/"));
            case "path" ->
                each(patterns, path -> {
                    Map<String, Object> condition = new LinkedHashMap<>();
                    condition.put("path", path);
                    condition.put("exact", true);
                    return condition;
                });
            default -> Optional.empty();
        };
    }

    private static Optional<List<Map<String, Object>>> each(
            List<String> patterns, Function<String, Map<String, Object>> condition) {
        return Optional.of(patterns.stream().map(condition).toList());
    }
}
