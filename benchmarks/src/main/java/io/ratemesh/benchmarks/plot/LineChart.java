package io.ratemesh.benchmarks.plot;

import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Measure;
import io.ratemesh.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A panel for each measure of loads such as {@code 16 connections} and {@code 1,024 connections}: a line for each contender over the
 * number that the load begins with, on a logarithmic scale. Loads without a number are left out.
 */
final class LineChart {

    private static final Pattern LOAD = Pattern.compile("([0-9][0-9,]*) (.+)");
    private static final int WIDTH = 820;
    private static final int LEFT = 90;
    private static final int RIGHT = 180;
    private static final int LINE = 20;
    private static final int PANEL = 180;

    private record Panel(String loads, Measure measure) {}

    private record Point(double x, Figure figure) {}

    private final Palette palette;
    private final SvgDrawing drawing;
    private int y = LINE;

    private LineChart(String title, List<Figure> figures) {
        this.palette = new Palette(figures);
        this.drawing =
                new SvgDrawing(WIDTH, title, "Medians of the rounds over the size of the load, which is logarithmic.");
    }

    static String svg(String title, List<Figure> figures) {
        return new LineChart(title, figures).draw(title, figures);
    }

    private String draw(String title, List<Figure> figures) {
        Map<Panel, List<Point>> panels = new LinkedHashMap<>();
        for (Figure figure : figures) {
            Matcher load = LOAD.matcher(figure.load());
            if (load.matches()) {
                double x = Double.parseDouble(load.group(1).replace(",", ""));
                panels.computeIfAbsent(new Panel(load.group(2), figure.measure()), ignored -> new ArrayList<>())
                        .add(new Point(x, figure));
            }
        }
        drawing.heading(8, y, title);
        y += LINE;
        panels.forEach(this::panel);
        return drawing.svg(y);
    }

    private void panel(Panel panel, List<Point> points) {
        drawing.heading(
                8,
                y,
                panel.measure().unit() + " over " + panel.loads()
                        + (panel.measure().moreIsBetter() ? " (more is better)" : " (less is better)"));
        NavigableSet<Double> sizes = new TreeSet<>(points.stream().map(Point::x).toList());
        double most = points.stream()
                .mapToDouble(point -> point.figure().most())
                .max()
                .orElse(0);
        int top = y + LINE;
        int bottom = y + PANEL;
        for (double size : sizes) {
            double x = x(size, sizes);
            drawing.path("M" + SvgDrawing.number(x) + " " + top + " V" + bottom, SvgDrawing.GRID, 1, "");
            drawing.text(x, bottom + LINE - 4.0, "middle", Table.brief(size));
        }
        for (int quarter = 0; quarter <= 4; quarter++) {
            double value = most * quarter / 4;
            drawing.text(LEFT - 16, y(value, most, top, bottom) + 4, "end", Table.brief(value));
        }
        Map<String, List<Point>> lines = new LinkedHashMap<>();
        points.forEach(point -> lines.computeIfAbsent(point.figure().contender(), ignored -> new ArrayList<>())
                .add(point));
        int legend = top + 10;
        for (Map.Entry<String, List<Point>> line : lines.entrySet()) {
            String colour = palette.of(line.getKey());
            StringBuilder path = new StringBuilder();
            for (Point point : line.getValue()) {
                double x = x(point.x(), sizes);
                double at = y(point.figure().median(), most, top, bottom);
                path.append(path.isEmpty() ? "M" : " L")
                        .append(SvgDrawing.number(x))
                        .append(' ')
                        .append(SvgDrawing.number(at));
                drawing.circle(x, at, 3, colour);
                drawing.path(
                        "M" + SvgDrawing.number(x) + " "
                                + SvgDrawing.number(y(point.figure().least(), most, top, bottom)) + " V"
                                + SvgDrawing.number(y(point.figure().most(), most, top, bottom)),
                        colour,
                        1,
                        "");
            }
            drawing.path(path.toString(), colour, 2, "");
            drawing.rectangle(WIDTH - RIGHT + 20, legend - 10.0, 14, 10, colour);
            drawing.text(WIDTH - RIGHT + 40, legend, "start", line.getKey());
            legend += LINE;
        }
        y = bottom + 2 * LINE + LINE / 2;
    }

    private static double x(double size, NavigableSet<Double> sizes) {
        double range = Math.log(sizes.last() / sizes.first());
        return LEFT + (range == 0 ? 0 : (WIDTH - LEFT - RIGHT) * Math.log(size / sizes.first()) / range);
    }

    private static double y(double value, double most, int top, int bottom) {
        return most == 0 ? bottom : bottom - (bottom - top) * value / most;
    }
}
