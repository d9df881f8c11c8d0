package io.ratemesh.converter.series;

import io.ratemesh.converter.json.JsonText;
import io.vertx.core.buffer.Buffer;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;

/** The formats of a series; the first one is the default. */
public enum SeriesFormat {
    JSON("application/json", "application/json", ".json") {
        @Override
        void write(Series series, StringBuilder text) {
            JsonText.field(text.append('{'), "from", series.from());
            JsonText.field(text.append(','), "to", series.to());
            JsonText.field(text.append(','), "group", series.group());
            day(text.append(",\"firstDay\":"), series.firstDay());
            day(text.append(",\"lastDay\":"), series.lastDay());
            JsonText.array(text.append(",\"sources\":"), series.sources());
            text.append(",\"simulated\":").append(series.simulated()).append(",\"points\":[");
            String comma = "";
            for (Point point : series.points()) {
                object(text.append(comma), point);
                comma = ",";
            }
            text.append("]}");
        }
    },

    /** RFC 4180. A series of minutes has the column {@code simulated} as well. */
    CSV("text/csv", "text/csv; charset=utf-8; header=present", ".csv") {
        @Override
        void write(Series series, StringBuilder text) {
            boolean minutes = Series.MINUTE.equals(series.group());
            text.append("at,open,high,low,close")
                    .append(minutes ? ",simulated" : "")
                    .append(CR_LF);
            for (Point point : series.points()) {
                Rates rates = new Rates(point);
                text.append(point.at())
                        .append(',')
                        .append(rates.open)
                        .append(',')
                        .append(rates.high);
                text.append(',').append(rates.low).append(',').append(rates.close);
                if (minutes) {
                    text.append(',').append(point.simulated());
                }
                text.append(CR_LF);
            }
        }
    },

    /** One point per line. */
    NDJSON("application/x-ndjson", "application/x-ndjson", ".ndjson") {
        @Override
        void write(Series series, StringBuilder text) {
            for (Point point : series.points()) {
                object(text, point).append('\n');
            }
        }
    };

    private static final String CR_LF = "\r\n";
    private static final int POINT_CHARS = 200;

    private final String mediaType;
    private final String contentType;
    private final String suffix;

    SeriesFormat(String mediaType, String contentType, String suffix) {
        this.mediaType = mediaType;
        this.contentType = contentType;
        this.suffix = suffix;
    }

    public static Optional<SeriesFormat> of(String mediaType) {
        return Arrays.stream(values())
                .filter(format -> format.mediaType.equals(mediaType))
                .findFirst();
    }

    /** The media type without parameters. */
    public String mediaType() {
        return mediaType;
    }

    /** The value of {@code Content-Type}. */
    public String contentType() {
        return contentType;
    }

    public static boolean isSuffix(String text) {
        return Arrays.stream(values()).anyMatch(format -> format.suffix.equals(text));
    }

    /** The suffix of a path that selects this format, dot included. */
    public String suffix() {
        return suffix;
    }

    public Buffer write(Series series) {
        StringBuilder text =
                new StringBuilder(POINT_CHARS * (1 + series.points().size()));
        write(series, text);
        return Buffer.buffer(text.toString());
    }

    abstract void write(Series series, StringBuilder text);

    private static void day(StringBuilder text, Optional<LocalDate> day) {
        if (day.isPresent()) {
            JsonText.quote(text, day.get().toString());
        } else {
            text.append("null");
        }
    }

    /** Digits, dashes and points need no escaping. */
    private static StringBuilder object(StringBuilder text, Point point) {
        Rates rates = new Rates(point);
        text.append("{\"at\":\"").append(point.at()).append("\",\"open\":\"").append(rates.open);
        text.append("\",\"high\":\"").append(rates.high).append("\",\"low\":\"").append(rates.low);
        text.append("\",\"close\":\"").append(rates.close).append('"');
        return text.append(point.simulated() ? ",\"simulated\":true}" : "}");
    }

    /** The rates of a point as text. Most points have one rate, which is then written once. */
    private static final class Rates {

        private final String open;
        private final String high;
        private final String low;
        private final String close;

        Rates(Point point) {
            open = point.open().toPlainString();
            high = point.high().compareTo(point.open()) == 0
                    ? open
                    : point.high().toPlainString();
            low = point.low().compareTo(point.open()) == 0 ? open : point.low().toPlainString();
            close = point.close().compareTo(point.open()) == 0
                    ? open
                    : point.close().toPlainString();
        }
    }
}
