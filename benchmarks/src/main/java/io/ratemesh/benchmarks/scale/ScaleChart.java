package io.ratemesh.benchmarks.scale;

import io.ratemesh.benchmarks.plot.SvgDrawing;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Draws a run: the load as an area, desired and ready converters as lines. */
final class ScaleChart {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 320;
    private static final int LEFT = 48;
    private static final int RIGHT = 48;
    private static final int TOP = 36;
    private static final int BOTTOM = 40;
    private static final int SECONDS_PER_TICK = 10;
    private static final String LOAD = "#9aa5b1";
    private static final String DESIRED = "#c2410c";
    private static final String READY = "#1d4ed8";

    private final List<ScaleSample> samples;
    private final double maxSeconds;
    private final int maxConnections;
    private final int maxConverters;
    private final SvgDrawing drawing =
            new SvgDrawing(WIDTH, "bench scale", "Load, desired and ready converters over time");

    private ScaleChart(List<ScaleSample> samples) {
        this.samples = samples;
        this.maxSeconds = samples.get(samples.size() - 1).seconds();
        this.maxConnections =
                samples.stream().mapToInt(ScaleSample::connections).max().orElse(1);
        this.maxConverters = 1
                + samples.stream()
                        .mapToInt(sample -> Math.max(sample.desired(), sample.ready()))
                        .max()
                        .orElse(1);
    }

    static String svg(List<ScaleSample> samples) {
        return new ScaleChart(samples).draw();
    }

    private String draw() {
        axes();
        String load = steps(sample -> y(sample.connections(), maxConnections));
        drawing.area(load + " V" + bottom() + " H" + LEFT + " Z", LOAD, 0.35);
        curve(steps(sample -> y(sample.desired(), maxConverters)), DESIRED, " stroke-dasharray=\"5 3\"");
        curve(steps(sample -> y(sample.ready(), maxConverters)), READY, "");
        legend(LEFT, LOAD, "connections (right)");
        legend(LEFT + 180, DESIRED, "desired converters");
        legend(LEFT + 340, READY, "ready converters");
        return drawing.svg(HEIGHT);
    }

    private void axes() {
        for (int second = 0; second <= maxSeconds; second += SECONDS_PER_TICK) {
            drawing.path("M" + SvgDrawing.number(x(second)) + " " + TOP + " V" + bottom(), SvgDrawing.GRID, 1, "");
            if (second % (2 * SECONDS_PER_TICK) == 0) {
                drawing.text(x(second), bottom() + 16, "middle", second + " s");
            }
        }
        for (int converters = 0; converters <= maxConverters; converters++) {
            drawing.text(LEFT - 8, y(converters, maxConverters) + 4, "end", String.valueOf(converters));
        }
        for (int quarter = 0; quarter <= 4; quarter++) {
            int connections = maxConnections * quarter / 4;
            drawing.text(WIDTH - RIGHT + 8, y(connections, maxConnections) + 4, "start", String.valueOf(connections));
        }
        curve("M" + LEFT + " " + TOP + " V" + bottom() + " H" + (WIDTH - RIGHT) + " V" + TOP, SvgDrawing.TEXT, "");
    }

    private void curve(String path, String colour, String attributes) {
        drawing.path(path, colour, 2, attributes);
    }

    private void legend(int x, String colour, String text) {
        drawing.rectangle(x, 12, 14, 10, colour);
        drawing.text(x + 20, 21, "start", text);
    }

    /** A path with a step at each sample. */
    private String steps(ToDoubleFunction<ScaleSample> y) {
        StringBuilder path = new StringBuilder();
        double last = Double.NaN;
        for (ScaleSample sample : samples) {
            double now = y.applyAsDouble(sample);
            if (path.length() == 0) {
                path.append("M" + LEFT + " " + SvgDrawing.number(now));
            } else if (now != last) {
                path.append(" H" + SvgDrawing.number(x(sample.seconds())) + " V" + SvgDrawing.number(now));
            }
            last = now;
        }
        return path + " H" + SvgDrawing.number(x(maxSeconds));
    }

    private double x(double seconds) {
        return LEFT + (WIDTH - LEFT - RIGHT) * seconds / maxSeconds;
    }

    private double y(double value, int max) {
        return bottom() - (bottom() - TOP) * value / max;
    }

    private static int bottom() {
        return HEIGHT - BOTTOM;
    }
}
