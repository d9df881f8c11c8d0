package io.ratemesh.launcher.migration.draft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/**
 * Writes settings as people write them: sections in blocks, what is short in one line, comments above the key to which they belong. The
 * library writes the values; it cannot write comments everywhere.
 */
final class DraftYaml {

    private static final int LINE = 110;
    private static final String INDENT = "  ";

    private static final Dump VALUES = dump(ScalarStyle.PLAIN);
    private static final Dump LINES = dump(ScalarStyle.DOUBLE_QUOTED);

    private final StringBuilder text = new StringBuilder();
    private final Map<String, List<String>> comments = new LinkedHashMap<>();

    private DraftYaml() {}

    /**
     * Writes settings.
     *
     * @param comments by the key of their place; where that has no line of its own, they stand above the nearest one around it
     */
    static String write(Map<String, Object> settings, Map<String, List<String>> comments) {
        DraftYaml yaml = new DraftYaml();
        comments.forEach((place, lines) -> yaml.comments
                .computeIfAbsent(nearest(place, settings), ignored -> new ArrayList<>())
                .addAll(lines));
        yaml.addComments("", "");
        yaml.addSection("", settings, "");
        return yaml.text.toString();
    }

    private static String nearest(String place, Map<String, Object> settings) {
        Object value = settings;
        String found = "";
        for (String name : place.split("\\.")) {
            Object inside = value instanceof Map<?, ?> map && !isShort(map) ? map.get(name) : null;
            if (inside == null) {
                return found;
            }
            value = inside;
            found = found.isEmpty() ? name : found + "." + name;
        }
        return found;
    }

    private void addSection(String place, Map<?, ?> section, String indent) {
        section.forEach((name, value) -> {
            String key = place.isEmpty() ? String.valueOf(name) : place + "." + name;
            addComments(key, indent);
            text.append(indent).append(value(name)).append(':');
            if (value instanceof Map<?, ?> map && !isShort(map)) {
                text.append('\n');
                addSection(key, map, indent + INDENT);
            } else if (value instanceof List<?> list && !isShort(list)) {
                text.append('\n');
                list.forEach(item -> text.append(indent)
                        .append(INDENT)
                        .append("- ")
                        .append(value(item))
                        .append('\n'));
            } else {
                text.append(' ').append(value(value)).append('\n');
            }
        });
    }

    private void addComments(String place, String indent) {
        comments.getOrDefault(place, List.of())
                .forEach(line -> text.append(indent).append("# ").append(line).append('\n'));
    }

    /** Whether a map fits into one line: it has only values in it. */
    private static boolean isShort(Map<?, ?> map) {
        return map.values().stream().noneMatch(value -> value instanceof Map || value instanceof List)
                && value(map).length() <= LINE;
    }

    private static boolean isShort(List<?> list) {
        return list.stream().noneMatch(Map.class::isInstance) && value(list).length() <= LINE;
    }

    private static String value(Object value) {
        boolean hasLines = value.toString().chars().anyMatch(Character::isISOControl);
        return (hasLines ? LINES : VALUES).dumpToString(value).strip();
    }

    private static Dump dump(ScalarStyle style) {
        return new Dump(DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.FLOW)
                .setDefaultScalarStyle(style)
                .setWidth(1 << 20)
                .setSplitLines(false)
                .build());
    }
}
