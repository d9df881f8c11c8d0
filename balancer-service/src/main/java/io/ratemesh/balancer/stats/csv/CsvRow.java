package io.ratemesh.balancer.stats.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.balancer.upstream.ResponseCounts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A row of HAProxy's CSV, by column name. A column that is not set stays empty, which means "does not apply". */
public final class CsvRow {

    /** The first line, exactly as HAProxy writes it. */
    public static final String HEADER = header();

    private static final List<String> COLUMNS =
            List.of(HEADER.substring("# ".length()).split(","));
    private static final Map<String, Integer> POSITIONS = positions();

    private final String[] values = new String[COLUMNS.size()];

    private CsvRow() {
        Arrays.fill(values, "");
    }

    /** The kind of a row, with HAProxy's number in the column {@code type}. */
    enum Type {
        FRONTEND(0),
        BACKEND(1),
        SERVER(2);

        private final int code;

        Type(int code) {
            this.code = code;
        }
    }

    /**
     * Creates a row.
     *
     * @param proxyId of the frontend or pool, from 1
     * @param serverId in the pool, from 1; 0 if the row is not about a server
     */
    static CsvRow of(Type type, String proxy, String server, int proxyId, int serverId) {
        return new CsvRow()
                .put("pxname", proxy)
                .put("svname", server)
                .put("type", type.code)
                .put("pid", 1)
                .put("iid", proxyId)
                .put("sid", serverId);
    }

    CsvRow putResponses(ResponseCounts responses) {
        return put("hrsp_1xx", responses.informational())
                .put("hrsp_2xx", responses.success())
                .put("hrsp_3xx", responses.redirection())
                .put("hrsp_4xx", responses.clientError())
                .put("hrsp_5xx", responses.serverError())
                .put("hrsp_other", responses.other());
    }

    /** Sets the compression columns to 0, because nothing is compressed. */
    CsvRow putNoCompression() {
        return put("comp_in", 0).put("comp_out", 0).put("comp_byp", 0).put("comp_rsp", 0);
    }

    CsvRow put(String column, long value) {
        return set(column, Long.toString(value));
    }

    CsvRow putSeconds(String column, Duration value) {
        return put(column, Math.max(0, value.toSeconds()));
    }

    /** Sets a text, quoted if necessary (RFC 4180 §2). */
    CsvRow put(String column, String value) {
        boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c < ' ');
        String line = value.replaceAll("\\p{Cntrl}+", " ");
        return set(column, plain ? value : '"' + line.replace("\"", "\"\"") + '"');
    }

    void appendTo(StringBuilder csv) {
        for (String value : values) {
            csv.append(value).append(',');
        }
        csv.append('\n');
    }

    private CsvRow set(String column, String value) {
        values[Objects.requireNonNull(POSITIONS.get(column), column)] = value;
        return this;
    }

    private static Map<String, Integer> positions() {
        Map<String, Integer> positions = new HashMap<>();
        for (int i = 0; i < COLUMNS.size(); i++) {
            positions.put(COLUMNS.get(i), i);
        }
        return Map.copyOf(positions);
    }

    private static String header() {
        try (InputStream columns = Objects.requireNonNull(CsvRow.class.getResourceAsStream("columns.txt"))) {
            return new String(columns.readAllBytes(), UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
