package io.ratemesh.assets.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Joins the modules of a page into one script: one request instead of dozens, and one that compresses better. Each module but
 * the page's own becomes a function that returns its exports, in the order in which a browser would run them:
 *
 * <pre>
 * import { rate as shown } from "./rate.js";     const $1=(()=&gt;{
 * document.title = shown(1);                     const rate = (value) =&gt; `${value} €`;
 *                                                return{rate};})();
 *                                                const{ rate:shown }=$1;
 *                                                document.title = shown(1);
 * </pre>
 *
 * A module of {@code import("…")} is joined with its own imports into a second script. Neither has modules of the other, since
 * their state would exist twice. Pages that list their modules as {@code modulepreload} stay as they are.
 */
final class ModuleBundler {
    private static final Pattern ENTRY = Pattern.compile("<script type=\"module\" src=\"([^\"]+)\"");
    private static final Pattern LATER = Pattern.compile("\\bimport\\(\\s*[\"']([^\"']+)[\"']");
    /** Minified modules have several statements on a line. */
    private static final String STATEMENT = "(?m)(?:^|(?<=[;}]))[ \\t]*";

    private static final Pattern FROM = Pattern.compile(
            STATEMENT + "(import|export)\\s*(?:\\{([^}]*)}|([\\w$]+))\\s*from\\s*[\"']([^\"']+)[\"'];?");
    private static final Pattern EXPORT_DEFAULT = Pattern.compile(STATEMENT + "export\\s+default\\s+([\\w$]+);?");
    private static final Pattern EXPORT_LIST = Pattern.compile(STATEMENT + "export\\s*\\{([^}]*)};?");
    private static final Pattern EXPORT =
            Pattern.compile(STATEMENT + "export\\s+((?:const|class|function|async\\s+function)\\s+([\\w$]+))");
    private static final Pattern LEFT_OVER =
            Pattern.compile(STATEMENT + "(?:export\\b|import\\b\\s*[^(\\s.])[^\\n]{0,60}");
    private static final Pattern STATIC = Pattern.compile("\\b(?:from|import)\\s*[\"']$");
    private static final Pattern AS = Pattern.compile("\\s+as\\s+");

    private final Map<String, byte[]> sources;
    private final Map<String, byte[]> scripts = new LinkedHashMap<>();
    private final Set<String> joined = new HashSet<>();

    private ModuleBundler(Map<String, byte[]> sources) {
        this.sources = sources;
    }

    /**
     * Returns the sources with the scripts of pages in place of their modules.
     *
     * @param sources content by path from the web root, without a leading slash
     * @throws IllegalArgumentException if an import or export has a form that is not known here, or a module would be in two
     *     scripts of a page
     */
    static Map<String, byte[]> bundled(Map<String, byte[]> sources) {
        ModuleBundler bundler = new ModuleBundler(sources);
        sources.forEach((path, content) -> {
            String page = new String(content, UTF_8);
            if (path.endsWith(".html") && !page.contains("modulepreload")) {
                ENTRY.matcher(page).results().forEach(entry -> bundler.join(target(path, entry.group(1)), Set.of()));
            }
        });
        return bundler.result();
    }

    private Map<String, byte[]> result() {
        Map<String, byte[]> result = new TreeMap<>(sources);
        result.keySet().removeAll(joined);
        result.putAll(scripts);
        // Modules that pages without a bundle have in common with it.
        Deque<String> referrers = new ArrayDeque<>(result.keySet());
        while (!referrers.isEmpty()) {
            String referrer = referrers.removeFirst();
            for (Reference reference : References.in(referrer, new String(result.get(referrer), UTF_8))) {
                byte[] shared = sources.get(reference.target());
                if (shared != null && result.putIfAbsent(reference.target(), shared) == null) {
                    referrers.add(reference.target());
                }
            }
        }
        return result;
    }

    private void join(String entry, Set<String> loaded) {
        Bundle bundle = new Bundle(entry);
        bundle.add(entry);
        for (String module : bundle.names.keySet()) {
            if (loaded.contains(module)) {
                throw new IllegalArgumentException(entry + " and the script that imports it later both have " + module
                        + "; pass what it needs as arguments");
            }
        }
        joined.addAll(bundle.names.keySet());
        scripts.put(entry, bundle.text.toString().getBytes(UTF_8));
        bundle.later.forEach(later -> join(later, bundle.names.keySet()));
    }

    private String read(String path, String referrer) {
        byte[] source = sources.get(path);
        if (source == null) {
            throw new IllegalArgumentException(referrer + " refers to " + path + ", which does not exist");
        }
        return ScriptComments.removed(new String(source, UTF_8));
    }

    private static String target(String referrer, String reference) {
        return Reference.of(referrer, 0, reference).target();
    }

    /** The script of one entry. */
    private final class Bundle {
        private final String entry;
        private final StringBuilder text = new StringBuilder();
        /** The variable of each module by its path. */
        private final Map<String, String> names = new LinkedHashMap<>();

        private final Set<String> begun = new HashSet<>();
        private final Set<String> later = new LinkedHashSet<>();

        Bundle(String entry) {
            this.entry = entry;
        }

        /** Adds a module after those that it imports, and returns the variable that has its exports. */
        String add(String path) {
            String known = names.get(path);
            if (known != null) {
                return known;
            }
            if (!begun.add(path)) {
                throw new IllegalArgumentException(path + " imports itself by way of its imports");
            }
            Map<String, String> exports = new LinkedHashMap<>();
            String module = relocated(path, read(path, entry));
            module = replaced(FROM, module, match -> {
                String imported = add(target(path, match.group(4)));
                if (match.group(1).equals("import")) {
                    String names = match.group(2) == null
                            ? "{default:" + match.group(3) + "}"
                            : "{" + AS.matcher(match.group(2)).replaceAll(":") + "}";
                    return "const" + names + "=" + imported + ";";
                }
                StringBuilder passedOn = new StringBuilder();
                pairs(match.group(2)).forEach((exported, own) -> {
                    String name = imported + "_" + own;
                    passedOn.append("const ")
                            .append(name)
                            .append('=')
                            .append(imported)
                            .append('.')
                            .append(own)
                            .append(';');
                    exports.put(exported, name);
                });
                return passedOn.toString();
            });
            module = replaced(EXPORT_DEFAULT, module, match -> {
                exports.put("default", match.group(1));
                return "";
            });
            module = replaced(EXPORT_LIST, module, match -> {
                exports.putAll(pairs(match.group(1)));
                return "";
            });
            module = replaced(EXPORT, module, match -> {
                exports.put(match.group(2), match.group(2));
                return match.group(1);
            });
            Matcher leftOver = LEFT_OVER.matcher(module);
            if (leftOver.find()) {
                throw new IllegalArgumentException(path + ": cannot join a module with: "
                        + leftOver.group().strip());
            }
            String name = "$" + (names.size() + 1);
            names.put(path, name);
            text.append(
                    path.equals(entry)
                            ? module + list("\nexport{", exports, (exported, own) -> own + " as " + exported)
                            : "const " + name + "=(()=>{\n" + module.stripTrailing() + "\n"
                                    + list("return{", exports, (exported, own) -> exported + ":" + own) + "})();\n");
            return name;
        }

        /** The module with its other references as they are from the folder of the bundle. */
        private String relocated(String path, String module) {
            LATER.matcher(module).results().forEach(match -> later.add(target(path, match.group(1))));
            String root = "./" + entry.replaceAll("[^/]", "").replace("/", "../");
            StringBuilder out = new StringBuilder();
            int copied = 0;
            for (Reference reference : References.in(path, module)) {
                String written = module.substring(reference.start(), reference.end());
                boolean joinedHere = STATIC.matcher(module.substring(copied, reference.start()))
                        .find();
                out.append(module, copied, reference.start()).append(joinedHere ? written : root + reference.target());
                copied = reference.end();
            }
            return out.append(module, copied, module.length()).toString();
        }
    }

    /** Nothing if there are no exports. */
    private static String list(String start, Map<String, String> exports, BinaryOperator<String> pair) {
        return exports.isEmpty()
                ? ""
                : exports.entrySet().stream()
                        .map(export -> export.getKey().equals(export.getValue())
                                ? export.getKey()
                                : pair.apply(export.getKey(), export.getValue()))
                        .collect(Collectors.joining(",", start, "};"));
    }

    /** The own name of each exported one. */
    private static Map<String, String> pairs(String names) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String each : names.split(",")) {
            if (!each.isBlank()) {
                List<String> pair = List.of(AS.split(each.strip()));
                pairs.put(pair.get(pair.size() - 1), pair.get(0));
            }
        }
        return pairs;
    }

    private static String replaced(Pattern pattern, String text, Function<MatchResult, String> by) {
        return pattern.matcher(text).replaceAll(match -> Matcher.quoteReplacement(by.apply(match)));
    }
}
