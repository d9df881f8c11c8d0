package io.ratemesh.benchmarks.plot;

import java.util.Locale;

/** A picture of shapes and texts on a white background, which is readable on a dark page too. Coordinates are in pixels. */
public final class SvgDrawing {

    public static final String TEXT = "#374151";
    public static final String GRID = "#e5e7eb";

    private final int width;
    private final String title;
    private final String description;
    private final StringBuilder elements = new StringBuilder();

    /**
     * An empty picture.
     *
     * @param title for readers who cannot see it
     * @param description the same in more words
     */
    public SvgDrawing(int width, String title, String description) {
        this.width = width;
        this.title = title;
        this.description = description;
    }

    public void rectangle(double x, double y, double rectangleWidth, double height, String colour) {
        add("<rect x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" + number(rectangleWidth) + "\" height=\""
                + number(height) + "\" fill=\"" + colour + "\"/>");
    }

    /**
     * Adds a path.
     *
     * @param path as in the attribute {@code d}
     * @param attributes further ones, with a space before each
     */
    public void path(String path, String colour, double strokeWidth, String attributes) {
        add("<path d=\"" + path + "\" fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"" + number(strokeWidth)
                + "\"" + attributes + "/>");
    }

    /** Adds an area without an outline. */
    public void area(String path, String colour, double opacity) {
        add("<path d=\"" + path + "\" fill=\"" + colour + "\" fill-opacity=\""
                + String.format(Locale.ROOT, "%.2f", opacity) + "\"/>");
    }

    public void circle(double x, double y, double radius, String colour) {
        add("<circle cx=\"" + number(x) + "\" cy=\"" + number(y) + "\" r=\"" + number(radius) + "\" fill=\"" + colour
                + "\"/>");
    }

    /**
     * Adds a text.
     *
     * @param anchor {@code start}, {@code middle} or {@code end}: which end is at {@code x}
     */
    public void text(double x, double y, String anchor, String text) {
        text(x, y, anchor, text, "");
    }

    public void heading(double x, double y, String text) {
        text(x, y, "start", text, " font-weight=\"bold\"");
    }

    private void text(double x, double y, String anchor, String text, String attributes) {
        add("<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + anchor + "\" fill=\"" + TEXT + "\""
                + attributes + ">" + escaped(text) + "</text>");
    }

    /** The whole picture. */
    public String svg(int height) {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + width + " " + height + "\" width=\"" + width
                + "\" height=\"" + height + "\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">\n<title>"
                + escaped(title) + "</title>\n<desc>" + escaped(description) + "</desc>\n<rect width=\"" + width
                + "\" height=\"" + height + "\" fill=\"#ffffff\"/>\n" + elements + "</svg>\n";
    }

    /** A coordinate. */
    public static String number(double coordinate) {
        return String.format(Locale.ROOT, "%.1f", coordinate);
    }

    private void add(String element) {
        elements.append(element).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
