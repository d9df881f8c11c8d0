package io.ratemesh.node.settings;

import java.util.Map;

/**
 * {@code log}: the log of a node.
 *
 * @param json whether each line is a JSON object instead of text
 * @param level the lowest level that is written, in Logback's spelling
 */
public record LogSettings(boolean json, String level) {

    static LogSettings read(SettingsReader reader) {
        return new LogSettings(
                reader.oneOf("format", Map.of("text", false, "json", true), false),
                reader.oneOf(
                        "level", Map.of("error", "ERROR", "warn", "WARN", "info", "INFO", "debug", "DEBUG"), "INFO"));
    }
}
