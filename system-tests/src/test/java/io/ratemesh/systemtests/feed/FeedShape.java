package io.ratemesh.systemtests.feed;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The response formats of four providers, and their paths on the server of the test. */
public enum FeedShape {
    COINBASE("coinbase", "/coinbase", "application/json") {
        @Override
        public String render(RateTable table, Instant ignored) {
            return "{\"data\":{\"currency\":\"EUR\",\"rates\":{\"EUR\":\"1.0\"," + fields(table, "\"%s\":\"%s\"")
                    + "}}}";
        }
    },
    ECB("ecb", "/ecb/eurofxref-daily.xml", "text/xml") {
        @Override
        public String render(RateTable table, Instant observedAt) {
            return "<?xml version='1.0' encoding='UTF-8'?>\n" + envelope(table, observedAt);
        }

        @Override
        public Instant newest(Instant now) {
            return workingDay(now.atOffset(ZoneOffset.UTC).toLocalDate());
        }

        @Override
        public Instant before(Instant observedAt) {
            return workingDay(observedAt.atOffset(ZoneOffset.UTC).toLocalDate().minusDays(1));
        }
    },
    OPEN_ER_API("open-er-api", "/open-er-api", "application/json") {
        @Override
        public String render(RateTable table, Instant observedAt) {
            // The announced next update is in the past, so that the feed is polled at its interval and not after a day.
            long at = observedAt.getEpochSecond();
            return "{\"result\":\"success\",\"time_last_update_unix\":" + at + ",\"time_next_update_unix\":" + at
                    + ",\"time_eol_unix\":0,\"base_code\":\"EUR\","
                    + "\"rates\":{\"EUR\":1," + fields(table, "\"%s\":%s") + "}}";
        }
    },
    CURRENCY_API("currency-api", "/currency-api", "application/json") {
        @Override
        public String render(RateTable table, Instant observedAt) {
            return "{\"date\":\"" + observedAt.atOffset(ZoneOffset.UTC).toLocalDate() + "\",\"eur\":{\"eur\":1,"
                    + fields(table, "\"%s\":%s").toLowerCase(Locale.ROOT) + "}}";
        }
    };

    private final String feedName;
    private final String path;
    private final String contentType;

    FeedShape(String feedName, String path, String contentType) {
        this.feedName = feedName;
        this.path = path;
        this.contentType = contentType;
    }

    /** A response of this provider. */
    public abstract String render(RateTable table, Instant observedAt);

    /** Its name in the settings. */
    public String feedName() {
        return feedName;
    }

    String path() {
        return path;
    }

    String contentType() {
        return contentType;
    }

    /** When what it publishes now was observed. */
    public Instant newest(Instant now) {
        return now;
    }

    /** When what it published a day before was observed. */
    public Instant before(Instant observedAt) {
        return observedAt.minus(Duration.ofDays(1));
    }

    /** The ECB's elements from the envelope on. */
    static String envelope(RateTable table, Instant observedAt) {
        return "<gesmes:Envelope xmlns:gesmes='http://www.gesmes.org/xml/2002-08-01'"
                + " xmlns='http://www.ecb.int/vocabulary/2002-08-01/eurofxref'>\n<Cube>\n<Cube time='"
                + observedAt.atOffset(ZoneOffset.UTC).toLocalDate() + "'>\n"
                + table.texts().entrySet().stream().map(FeedShape::cube).collect(Collectors.joining("\n"))
                + "\n</Cube>\n</Cube>\n</gesmes:Envelope>\n";
    }

    private static String cube(Map.Entry<String, String> rate) {
        return "<Cube currency='" + rate.getKey() + "' rate='" + rate.getValue() + "'/>";
    }

    private static String fields(RateTable table, String format) {
        return table.texts().entrySet().stream()
                .map(rate -> String.format(Locale.ROOT, format, rate.getKey(), rate.getValue()))
                .collect(Collectors.joining(","));
    }

    /** That day, or the Friday before. */
    private static Instant workingDay(LocalDate day) {
        LocalDate working = day;
        while (working.getDayOfWeek() == DayOfWeek.SATURDAY || working.getDayOfWeek() == DayOfWeek.SUNDAY) {
            working = working.minusDays(1);
        }
        return working.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
