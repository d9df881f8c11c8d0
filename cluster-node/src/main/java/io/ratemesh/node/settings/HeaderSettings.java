package io.ratemesh.node.settings;

import io.ratemesh.node.settings.TextTemplate.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code request-headers} and {@code response-headers} of a route: how the fields of a message change.
 *
 * @param remove names of fields that are removed, in lower case
 * @param set fields that replace those with the same name
 * @param add fields that are added to those with the same name
 */
public record HeaderSettings(Set<String> remove, List<Field> set, List<Field> add) {

    /** Changes nothing. */
    public static final HeaderSettings NONE = new HeaderSettings(Set.of(), List.of(), List.of());

    /** A field of a message. */
    public record Field(String name, TextTemplate value) {}

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]{0,4096}");
    private static final int MAX_FIELDS = 50;

    /** They frame the message or belong to one connection. */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection",
            "content-length",
            "expect",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** What the balancer itself writes in requests, and servers trust. */
    private static final Set<String> OF_THE_BALANCER = Set.of(
            "via",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-prefix",
            "x-forwarded-proto",
            "x-request-id");

    /** Whether nothing changes. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    static HeaderSettings ofRequests(SettingsReader reader) {
        return read(reader, reservedInRequests(), TextTemplate.ALL);
    }

    static HeaderSettings ofResponses(SettingsReader reader, Set<Variable> known) {
        return read(reader, OF_THE_CONNECTION, known);
    }

    /** A list of names of request fields that may be changed, in lower case. */
    static Set<String> namesInRequests(SettingsReader reader, String key) {
        return names(reader, key, reservedInRequests());
    }

    /** Whether a text is the name of a field. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    private static Set<String> reservedInRequests() {
        Set<String> reserved = new HashSet<>(OF_THE_CONNECTION);
        reserved.addAll(OF_THE_BALANCER);
        return reserved;
    }

    private static HeaderSettings read(SettingsReader reader, Set<String> reserved, Set<Variable> known) {
        Set<String> remove = names(reader, "remove", reserved);
        List<Field> set = fields(reader, "set", reserved, known);
        List<Field> add = fields(reader, "add", reserved, known);
        if (remove.size() + set.size() + add.size() > MAX_FIELDS) {
            reader.fault("remove", "has too many fields beside set and add", "use at most " + MAX_FIELDS + " in all");
        }
        return new HeaderSettings(remove, set, add);
    }

    private static Set<String> names(SettingsReader reader, String key, Set<String> reserved) {
        Set<String> names = new HashSet<>();
        List<String> written = reader.texts(key, List.of());
        for (int i = 0; i < written.size(); i++) {
            requireChangeable(reader, key, "[" + i + "]", written.get(i), reserved);
            names.add(written.get(i).toLowerCase(Locale.ROOT));
        }
        return Set.copyOf(names);
    }

    private static List<Field> fields(SettingsReader reader, String key, Set<String> reserved, Set<Variable> known) {
        List<Field> fields = new ArrayList<>();
        reader.entries(key).forEach((name, value) -> {
            String place = key + "." + name;
            requireChangeable(reader, place, "", name, reserved);
            if (!VALUE.matcher(value).matches()) {
                reader.fault(place, "is not a valid field value", "use up to 4096 characters of ASCII, on one line");
            } else {
                reader.template(place, value, known).ifPresent(template -> fields.add(new Field(name, template)));
            }
        });
        return List.copyOf(fields);
    }

    private static void requireChangeable(
            SettingsReader reader, String key, String place, String name, Set<String> reserved) {
        if (!isName(name)) {
            reader.fault(key, place, Optional.of(name), "is not a valid field name", "use a name such as X-Client");
        } else if (reserved.contains(name.toLowerCase(Locale.ROOT))) {
            reader.fault(
                    key,
                    place,
                    Optional.of(name),
                    "cannot be changed, because the balancer writes it",
                    "use a field of your own");
        }
    }
}
