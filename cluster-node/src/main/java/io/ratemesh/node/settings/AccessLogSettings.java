package io.ratemesh.node.settings;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code balancer.access-log}: where each request is logged.
 *
 * @param to {@code stdout} or the path of a file; empty for nowhere
 * @param format of a line
 */
public record AccessLogSettings(Optional<String> to, Format format) {

    /** What a line looks like. */
    public enum Format {
        /** HAProxy's {@code option httplog}. */
        HTTPLOG,
        /** A JSON object. */
        JSON
    }

    /** The target that is the standard output. */
    public static final String STDOUT = "stdout";

    /** YAML 1.2 reads {@code off} as text and YAML 1.1 as false. */
    private static final Set<String> OFF = Set.of("off", "false");

    static AccessLogSettings read(SettingsReader reader) {
        return new AccessLogSettings(
                target(reader, "to"),
                reader.oneOf("format", Map.of("httplog", Format.HTTPLOG, "json", Format.JSON), Format.HTTPLOG));
    }

    static Optional<String> target(SettingsReader reader, String key) {
        Optional<String> given = reader.optionalText(key);
        reader.use(key, "off");
        return given.filter(target -> !OFF.contains(target));
    }
}
