package io.ratemesh.node.settings;

import java.util.Map;

/**
 * {@code log}: how a node writes its log.
 *
 * @param json one JSON object a line instead of text
 * @param level the least level written, in Logback's spelling
 */
public record LogSettings(boolean json, String level) {

    static LogSettings read(SettingsReader reader) {
        return new LogSettings(
                reader.oneOf("log.format", Map.of("text", false, "json", true), false),
                reader.oneOf(
                        "log.level",
                        Map.of("error", "ERROR", "warn", "WARN", "info", "INFO", "debug", "DEBUG"),
                        "INFO"));
    }
}
