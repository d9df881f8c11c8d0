package io.ratemesh.benchmarks.plot;

import io.ratemesh.benchmarks.report.Figure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The colours of contenders, which are the same in all panels of a plot: ours are blue, others grey and warm. */
final class Palette {

    private static final List<String> OURS = List.of("#1d4ed8", "#0891b2", "#6366f1", "#0f766e");
    private static final List<String> OTHERS = List.of("#9aa5b1", "#c2410c", "#ca8a04", "#9d174d");

    private final Map<String, String> colours = new LinkedHashMap<>();

    Palette(List<Figure> figures) {
        int ours = 0;
        int others = 0;
        for (Figure figure : figures) {
            if (!colours.containsKey(figure.contender())) {
                colours.put(
                        figure.contender(),
                        figure.isOfRatemesh() ? OURS.get(ours++ % OURS.size()) : OTHERS.get(others++ % OTHERS.size()));
            }
        }
    }

    String of(String contender) {
        return colours.getOrDefault(contender, SvgDrawing.TEXT);
    }
}
