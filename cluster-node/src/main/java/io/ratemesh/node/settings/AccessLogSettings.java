package io.ratemesh.node.settings;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code balancer.access-log}: where the front door logs each request.
 *
 * @param to {@code stdout} or the path of a file; empty for nowhere
 * @param format of a line
 */
public record AccessLogSettings(Optional<String> to, Format format) {

    /** What a line looks like. */
    public enum Format {
        /** As HAProxy's {@code option httplog}. */
        HTTPLOG,
        /** A JSON object. */
        JSON
    }

    /** Where to write to standard output. */
    public static final String STDOUT = "stdout";

    /** YAML reads {@code off} as a word or as false. */
    private static final Set<String> OFF = Set.of("off", "false");

    static AccessLogSettings read(SettingsReader reader) {
        return new AccessLogSettings(
                reader.optionalText("balancer.access-log.to").filter(where -> !OFF.contains(where)),
                reader.oneOf(
                        "balancer.access-log.format",
                        Map.of("httplog", Format.HTTPLOG, "json", Format.JSON),
                        Format.HTTPLOG));
    }
}
