package io.ratemesh.launcher.migration.haproxy;

import io.ratemesh.launcher.migration.draft.Directive;
import io.ratemesh.launcher.migration.draft.PoolDraft;
import io.ratemesh.launcher.migration.draft.SettingsDraft;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code option httpchk} and {@code http-check}. */
final class HttpCheckLines {

    private static final Set<String> METHODS = Set.of("HEAD", "OPTIONS", "POST", "PUT");
    private static final Pattern STATUSES = Pattern.compile("[1-5]\\d\\d(?:-[1-5]\\d\\d)?");
    private static final Pattern HOST = Pattern.compile("HTTP/1\\.[01]\\s+[Hh]ost:\\s*(\\S+)");

    private final SettingsDraft draft;
    private final PoolDraft pool;
    private final String place;

    HttpCheckLines(SettingsDraft draft, PoolDraft pool, String place) {
        this.draft = draft;
        this.pool = pool;
        this.place = place;
    }

    /** {@code option httpchk [<method>] [<uri>] [<version>]}; the default of the method is OPTIONS. */
    void addOption(Directive directive) {
        List<String> words =
                directive.arguments().subList(1, directive.arguments().size());
        List<String> parts = new ArrayList<>();
        setPath(words.isEmpty() ? "/" : words.get(words.size() == 1 ? 0 : 1), parts);
        setMethod(words.size() < 2 ? "OPTIONS" : words.get(0), parts);
        if (words.size() > 2) {
            String version = String.join(" ", words.subList(2, words.size()));
            Matcher host = HOST.matcher(version);
            if (host.matches()) {
                pool.put("check.host", host.group(1));
            } else if (!version.startsWith("HTTP/1") || version.contains("\r")) {
                parts.add(version);
            }
        }
        draft.mappedWithout(directive, place, parts);
    }

    /** {@code http-check send meth … uri … hdr …}. */
    void addSend(Directive directive) {
        List<String> words = directive.arguments();
        List<String> parts = new ArrayList<>();
        Iterator<String> rest = words.subList(1, words.size()).iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            String value = next(rest);
            switch (word) {
                case "meth" -> setMethod(value, parts);
                case "uri" -> setPath(value, parts);
                case "ver" -> {}
                case "hdr" -> addField(value, next(rest), parts);
                default -> parts.add(word + " " + value);
            }
        }
        draft.mappedWithout(directive, place, parts);
    }

    /** {@code http-check expect status 200-299}. */
    void addExpect(Directive directive) {
        List<String> words = directive.arguments();
        String value = directive.argument(2);
        if (words.size() == 3
                && words.get(1).equals("status")
                && STATUSES.matcher(value).matches()) {
            pool.put("check.expect", value.length() == 3 ? Integer.valueOf(value) : value);
            draft.mapped(directive);
        } else if (words.size() == 3 && words.get(1).equals("string")) {
            pool.put("check.expect-body", value);
            draft.mapped(directive);
        } else {
            draft.notMapped(directive, place);
        }
    }

    private void addField(String name, String value, List<String> parts) {
        if (name.equalsIgnoreCase("host")) {
            pool.put("check.host", value);
        } else {
            parts.add("hdr " + name + " " + value);
        }
    }

    private static String next(Iterator<String> words) {
        return words.hasNext() ? words.next() : "";
    }

    private void setPath(String path, List<String> parts) {
        if (path.startsWith("/")) {
            pool.put("check.path", path);
        } else {
            pool.put("check.type", "http");
            parts.add(path);
        }
    }

    private void setMethod(String method, List<String> parts) {
        if (method.equals("GET")) {
            pool.remove("check.method");
        } else if (METHODS.contains(method)) {
            pool.put("check.method", method);
        } else {
            parts.add("the method " + method + ", the check sends GET");
        }
    }
}
