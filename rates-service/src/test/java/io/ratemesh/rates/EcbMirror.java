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

/** Has the ECB's history up to today, at the bundled history's last rates since its end, and no daily file. */
final class EcbMirror implements AutoCloseable {

    private static final int BUNDLED_DAYS = 150;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    private EcbMirror(HttpServer server) {
        this.server = server;
    }

    static EcbMirror start() throws IOException {
        EcbMirror mirror =
                new EcbMirror(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        mirror.server.createContext("/", mirror::answer);
        mirror.server.start();
        return mirror;
    }

    /** The settings that name it. */
    String feeds() {
        return "rates.feeds=[{name: ecb, url: \"http://127.0.0.1:"
                + server.getAddress().getPort() + "/eurofxref-daily.xml\"}]";
    }

    /** The files of past days that were asked for. */
    List<String> askedForHistory() {
        return asked.stream().filter(path -> path.contains("-hist")).toList();
    }

    /** The newest working day whose rates are certainly out. */
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

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().getPath());
        try (exchange) {
            if (exchange.getRequestURI().getPath().equals("/eurofxref-hist.zip")) {
                byte[] zip = zip();
                exchange.sendResponseHeaders(200, zip.length);
                exchange.getResponseBody().write(zip);
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
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
