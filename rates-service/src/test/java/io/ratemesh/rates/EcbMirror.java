package io.ratemesh.rates;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ratemesh.model.TargetCalendar;
import io.ratemesh.model.history.BundledHistory;
import io.ratemesh.model.history.HistoryDay;
import io.ratemesh.model.history.RateHistory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A mirror with the ECB's history up to today, the last days with the last bundled rates; or with the daily file only. */
final class EcbMirror implements AutoCloseable {

    private static final int BUNDLED_DAYS = 150;

    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final boolean daily;

    private EcbMirror(HttpServer server, boolean daily) {
        this.server = server;
        this.daily = daily;
    }

    static EcbMirror start() throws IOException {
        return start(false);
    }

    /** Starts a mirror without files of past days. */
    static EcbMirror startWithTheDailyFileAlone() throws IOException {
        return start(true);
    }

    private static EcbMirror start(boolean daily) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        EcbMirror mirror = new EcbMirror(server, daily);
        mirror.server.createContext("/", mirror::respond);
        mirror.server.start();
        return mirror;
    }

    /** The settings of a feed at this mirror. */
    String feeds() {
        return "rates.feeds=[{name: ecb, url: \"http://127.0.0.1:"
                + server.getAddress().getPort() + "/eurofxref-daily.xml\"}]";
    }

    /** The requested files of past days. */
    List<String> historyRequests() {
        return paths.stream().filter(path -> path.contains("-hist")).toList();
    }

    /** The number of requests of a file. */
    long requests(String path) {
        return paths.stream().filter(path::equals).count();
    }

    /** The newest working day whose rates are certainly published. */
    static LocalDate newestDay() {
        LocalDate day = LocalDate.now(TargetCalendar.FRANKFURT);
        while (!TargetCalendar.isWorkingDay(day)
                || TargetCalendar.publication(day).plusSeconds(3600).isAfter(Instant.now())) {
            day = day.minusDays(1);
        }
        return day;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void respond(HttpExchange exchange) throws IOException {
        paths.add(exchange.getRequestURI().getPath());
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals(daily ? "/eurofxref-daily.xml" : "/eurofxref-hist.zip")) {
                byte[] file = daily ? xml().getBytes(UTF_8) : zip();
                exchange.sendResponseHeaders(200, file.length);
                exchange.getResponseBody().write(file);
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private static String xml() {
        StringBuilder xml = new StringBuilder("<gesmes:Envelope xmlns:gesmes='http://www.gesmes.org/xml/2002-08-01'"
                        + " xmlns='http://www.ecb.int/vocabulary/2002-08-01/eurofxref'><Cube><Cube time='")
                .append(newestDay())
                .append("'>");
        RateHistory bundled = BundledHistory.load();
        bundled.day(bundled.lastDay().orElseThrow())
                .orElseThrow()
                .perEuro()
                .forEach((code, rate) -> xml.append("<Cube currency='")
                        .append(code)
                        .append("' rate='")
                        .append(rate.toPlainString())
                        .append("'/>"));
        return xml.append("</Cube></Cube></gesmes:Envelope>").toString();
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("eurofxref-hist.csv"));
            zip.write(csv().getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String csv() {
        RateHistory bundled = BundledHistory.load();
        LocalDate end = bundled.lastDay().orElseThrow();
        Map<String, BigDecimal> last =
                new TreeMap<>(bundled.day(end).map(HistoryDay::perEuro).orElseThrow());
        StringBuilder csv = new StringBuilder("Date,");
        last.keySet().forEach(code -> csv.append(code).append(','));
        List<LocalDate> days = new ArrayList<>();
        bundled.days(end.minusDays(BUNDLED_DAYS), end).forEach(days::add);
        end.plusDays(1)
                .datesUntil(newestDay().plusDays(1))
                .filter(TargetCalendar::isWorkingDay)
                .forEach(days::add);
        for (LocalDate day : days) {
            csv.append('\n').append(day).append(',');
            last.forEach((code, rate) -> csv.append(
                            bundled.perEuro(code, day).orElse(rate).toPlainString())
                    .append(','));
        }
        return csv.append('\n').toString();
    }
}
