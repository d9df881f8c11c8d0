package io.ratemesh.node.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which requests a route is for.
 *
 * @param host {@code shop.example.com}, or {@code *.example.com} for all names below it, in lower case; empty for every host
 * @param path of the request
 * @param exact whether the path has to be the same; else it is a prefix: {@code /shop/} also matches {@code /shop}
 * @param methods in upper case; none for all
 * @param headers the values that fields must have, by name in lower case
 */
public record RouteMatch(
        Optional<String> host, String path, boolean exact, List<String> methods, Map<String, String> headers) {

    private static final Pattern HOST =
            Pattern.compile("(\\*\\.)?[a-z0-9_]([a-z0-9_.-]{0,250}[a-z0-9_])?|\\[[0-9a-f:.]+]");
    private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z-]{0,30}");
    private static final Pattern PATH = Pattern.compile("/[\\x21-\\x7e&&[^?#]]{0,1000}");
    /** Slashes in a row, and escapes of slashes and unreserved characters. */
    private static final Pattern UNUSUAL =
            Pattern.compile("//|%(?:2[def]|3[0-9]|[46][1-9a-f]|[57][0-9a]|5f|7e)", Pattern.CASE_INSENSITIVE);

    /** All requests below a path. */
    public static RouteMatch below(String path) {
        return new RouteMatch(Optional.empty(), path, false, List.of(), Map.of());
    }

    static RouteMatch read(SettingsReader reader) {
        Optional<String> exact = reader.optionalText("exact");
        Optional<String> prefix = reader.optionalText("path");
        if (exact.isPresent() && prefix.isPresent()) {
            reader.fault("exact", "cannot be combined with path", "remove one of them");
        }
        exact.ifPresent(path -> requirePath(reader, "exact", path));
        if (exact.isEmpty()) {
            requirePath(reader, "path", prefix.orElse(""));
        }
        return new RouteMatch(
                host(reader), exact.or(() -> prefix).orElse("/"), exact.isPresent(), methods(reader), headers(reader));
    }

    private static void requirePath(SettingsReader reader, String key, String path) {
        if (!PATH.matcher(path).matches()) {
            reader.fault(key, "is not a valid path", "use a path that begins with /");
        } else if (UNUSUAL.matcher(path).find()) {
            reader.fault(
                    key,
                    "is not a valid path",
                    "write slashes, letters, digits and - . _ ~ without %, and one slash at a time");
        }
    }

    private static Optional<String> host(SettingsReader reader) {
        Optional<String> host = reader.optionalText("host").map(text -> text.toLowerCase(Locale.ROOT));
        if (host.filter(text -> !HOST.matcher(text).matches()).isPresent()) {
            reader.fault("host", "is not a valid host", "use a name such as shop.example.com or *.example.com");
        }
        return host;
    }

    private static List<String> methods(SettingsReader reader) {
        List<String> methods = reader.oneOrMore("method");
        for (int i = 0; i < methods.size(); i++) {
            if (!METHOD.matcher(methods.get(i)).matches()) {
                reader.fault(
                        "method",
                        "",
                        Optional.of(methods.get(i)),
                        "is not a valid method",
                        "use a method such as POST, or a list such as [GET, HEAD]");
            }
        }
        return List.copyOf(new TreeSet<>(methods));
    }

    private static Map<String, String> headers(SettingsReader reader) {
        Map<String, String> headers = new LinkedHashMap<>();
        reader.entries("headers").forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        return Map.copyOf(headers);
    }

    /** How many conditions there are besides host and path. */
    public int conditions() {
        return headers.size() + (methods.isEmpty() ? 0 : 1);
    }

    /** Whether any request below the path matches. */
    public boolean isByPathAlone() {
        return host.isEmpty() && !exact && conditions() == 0;
    }

    /** Whether a request could match both, and neither is more specific. */
    boolean isAmbiguousWith(RouteMatch other) {
        return host.equals(other.host)
                && exact == other.exact
                && withoutSlash().equals(other.withoutSlash())
                && conditions() == other.conditions()
                && methodsMeet(other)
                && headers.entrySet().stream()
                        .allMatch(field ->
                                field.getValue().equals(other.headers.getOrDefault(field.getKey(), field.getValue())));
    }

    private String withoutSlash() {
        return exact || !path.endsWith("/") ? path : path.substring(0, path.length() - 1);
    }

    private boolean methodsMeet(RouteMatch other) {
        return methods.isEmpty() || other.methods.isEmpty() || methods.stream().anyMatch(other.methods::contains);
    }
}
