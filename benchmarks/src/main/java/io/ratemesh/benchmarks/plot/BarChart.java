package io.ratemesh.benchmarks.plot;

import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Measure;
import io.ratemesh.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A panel for each measure, in it a group of bars for each load, and in that a bar for each contender with its spread. */
final class BarChart {

    private static final int WIDTH = 820;
    private static final int LEFT = 200;
    private static final int RIGHT = 90;
    private static final int BAR = 14;
    private static final int GAP = 4;
    private static final int LINE = 20;
    private static final int PANEL_GAP = 22;

    /** Beyond it the smallest bars cannot be seen, so each load has a scale of its own. */
    private static final double MAX_RANGE = 50;

    private final Palette palette;
    private final SvgDrawing drawing;
    private int y = LINE;

    private BarChart(String title, List<Figure> figures) {
        this.palette = new Palette(figures);
        this.drawing = new SvgDrawing(
                WIDTH, title, "Medians of the rounds as bars, with the smallest and the largest round as whiskers.");
    }

    static String svg(String title, List<Figure> figures) {
        return new BarChart(title, figures).draw(title, figures);
    }

    private String draw(String title, List<Figure> figures) {
        drawing.heading(GAP * 2, y, title);
        y += LINE;
        for (Measure measure : Measure.values()) {
            List<Figure> measured = figures.stream()
                    .filter(figure -> figure.measure() == measure)
                    .toList();
            if (!measured.isEmpty()) {
                panel(measure, measured);
            }
        }
        return drawing.svg(y);
    }

    private void panel(Measure measure, List<Figure> figures) {
        double most = figures.stream().mapToDouble(Figure::most).max().orElse(0);
        double least = figures.stream().mapToDouble(Figure::median).min().orElse(0);
        boolean scaled = most > MAX_RANGE * least && least > 0;
        drawing.heading(
                GAP * 2,
                y,
                measure.unit()
                        + (measure.moreIsBetter() ? " (more is better)" : " (less is better)")
                        + (scaled ? ", each load with a scale of its own" : ""));
        y += LINE / 2;
        Map<String, List<Figure>> byLoad = new LinkedHashMap<>();
        figures.forEach(figure -> byLoad.computeIfAbsent(figure.load(), ignored -> new ArrayList<>())
                .add(figure));
        byLoad.forEach((load, group) -> {
            y += LINE - GAP;
            drawing.text(GAP * 4, y, "start", load);
            y += GAP * 2;
            double groupMost = group.stream().mapToDouble(Figure::most).max().orElse(0);
            group.forEach(figure -> bar(figure, scaled ? groupMost : most));
        });
        y += PANEL_GAP;
    }

    private void bar(Figure figure, double most) {
        double scale = most > 0 ? (WIDTH - LEFT - RIGHT) / most : 0;
        double middle = y + BAR / 2.0;
        drawing.text(LEFT - GAP * 2, y + BAR - 3, "end", figure.contender());
        drawing.rectangle(LEFT, y, Math.max(1, figure.median() * scale), BAR, palette.of(figure.contender()));
        double from = LEFT + figure.least() * scale;
        double to = LEFT + figure.most() * scale;
        if (figure.rounds().size() > 1) {
            drawing.path(
                    "M" + SvgDrawing.number(from) + " " + SvgDrawing.number(middle - 3) + " v6 m0 -3 H"
                            + SvgDrawing.number(to) + " m0 -3 v6",
                    "#111827",
                    1,
                    "");
        }
        drawing.text(
                Math.max(to, LEFT + figure.median() * scale) + GAP * 2,
                y + BAR - 3,
                "start",
                Table.brief(figure.median()));
        y += BAR + GAP;
    }
}
