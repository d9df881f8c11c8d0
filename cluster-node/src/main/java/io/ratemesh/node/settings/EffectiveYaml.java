package io.ratemesh.node.settings;

import io.ratemesh.node.settings.EffectiveValues.Effective;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * Writes sections in block style and values in one line, with the origin of a value as a comment after it. The library writes the values; it
 * cannot write comments after those of every kind.
 */
final class EffectiveYaml {

    private static final String INDENT = "  ";

    /** Longer lines would be folded. */
    private static final int WIDTH = 1 << 20;

    private static final Dump VALUES = new Dump(DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.FLOW)
            .setWidth(WIDTH)
            .setSplitLines(false)
            .build());

    /** The user and the query of a URL, which may contain a password or a key. */
    private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)[^/@]*@|\\?.*");

    private static final Pattern URL = Pattern.compile("[a-z]+://.*", Pattern.DOTALL);

    private final StringBuilder text = new StringBuilder();

    private EffectiveYaml() {}

    static String write(Map<String, Object> sections) {
        EffectiveYaml yaml = new EffectiveYaml();
        yaml.addSection(sections, "");
        return yaml.text.toString();
    }

    private void addSection(Map<?, ?> section, String indent) {
        section.forEach((name, value) -> {
            text.append(indent).append(value(name)).append(':');
            if (value instanceof Effective effective) {
                addValue(effective.written(), effective.origin(), indent);
            } else {
                text.append('\n');
                addSection((Map<?, ?>) value, indent + INDENT);
            }
        });
    }

    private void addValue(Object written, Optional<String> origin, String indent) {
        String comment = origin.map(from -> "  # " + from).orElse("") + "\n";
        boolean items = written instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance);
        if (!items) {
            text.append(' ').append(value(written)).append(comment);
            return;
        }
        text.append(comment);
        ((List<?>) written)
                .forEach(item -> text.append(indent)
                        .append(INDENT)
                        .append("- ")
                        .append(value(item))
                        .append('\n'));
    }

    private static String value(Object value) {
        return VALUES.dumpToString(withoutCredentials(value)).strip();
    }

    private static Object withoutCredentials(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> shown = new LinkedHashMap<>();
            map.forEach((name, inside) -> shown.put(name, withoutCredentials(inside)));
            return shown;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(EffectiveYaml::withoutCredentials).toList();
        }
        return value instanceof String text && URL.matcher(text).matches()
                ? CREDENTIALS.matcher(text).replaceAll("")
                : value;
    }
}
