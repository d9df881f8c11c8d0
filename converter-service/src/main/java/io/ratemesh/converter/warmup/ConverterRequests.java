package io.ratemesh.converter.warmup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.ratemesh.node.warmup.LoopbackConnection;
import io.ratemesh.node.warmup.WarmUpRequests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a converter is asked for most, pipelined as a balancer does it: mostly single conversions, some batches, tables and problems, and
 * a stream that gets a new book.
 */
final class ConverterRequests implements WarmUpRequests {

    /** The field that requests of the warm-up have. */
    static final String TOKEN = "X-Warm-Up";

    private static final int CONNECTIONS = 2;
    private static final List<String> PAIRS =
            List.of("USD&to=JPY", "EUR&to=USD", "GBP&to=CHF", "JPY&to=EUR", "CNY&to=KRW");
    private static final List<String> AMOUNTS = List.of("250.75", "1", "1000", "0.05", "99999999.99");
    private static final String BATCH = """
            {"conversions":[{"id":"a","from":"USD","to":"JPY","amount":"250.75"},{"from":"EUR","to":"GBP","amount":"1"}]}""";

    /** The last request of a round: its response, a problem, ends like no other one. */
    private static final String LAST = "/api/v1/last";

    private static final byte[] END = "\"instance\":\"/api/v1/last\",\"code\":\"not-found\"}".getBytes(US_ASCII);

    /** The end of an event, and of its chunk. */
    private static final byte[] EVENT_END = "\n\n\r\n".getBytes(US_ASCII);

    private final int port;
    private final String fields;
    private final Runnable publish;
    private final byte[] stream;
    private final byte[] round;
    private final List<LoopbackConnection> connections = new ArrayList<>();
    private final int requests;

    /**
     * To the server of a warm-up.
     *
     * @param publish makes a new book
     */
    ConverterRequests(int port, String token, Runnable publish) {
        this.port = port;
        this.publish = publish;
        this.fields = "Host: localhost:8080\r\nUser-Agent: warm-up\r\nAccept: */*\r\n" + TOKEN + ": " + token
                + "\r\nX-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: localhost:8080"
                + "\r\nX-Forwarded-Port: 8080\r\nX-Request-Id: 6a1f0c5e9b3d4c27\r\nVia: 1.1 ratemesh\r\n";
        this.stream = get("/api/v1/stream?pairs=EUR/USD,USD/JPY").getBytes(US_ASCII);
        List<String> all = round();
        this.requests = all.size();
        this.round = String.join("", all).getBytes(US_ASCII);
    }

    int port() {
        return port;
    }

    @Override
    public int send() throws IOException {
        while (connections.size() < CONNECTIONS) {
            connections.add(LoopbackConnection.open(port));
        }
        try (LoopbackConnection reader = LoopbackConnection.open(port)) {
            reader.send(stream);
            for (LoopbackConnection connection : connections) {
                connection.send(round);
            }
            publish.run();
            for (LoopbackConnection connection : connections) {
                connection.readUntil(END);
            }
            reader.readUntil(EVENT_END);
        }
        return CONNECTIONS * requests + 1;
    }

    @Override
    public void close() throws IOException {
        for (LoopbackConnection connection : connections) {
            connection.close();
        }
    }

    private List<String> round() {
        List<String> all = new ArrayList<>();
        for (String pair : PAIRS) {
            for (String amount : AMOUNTS) {
                all.add(get("/api/v1/convert?from=" + pair + "&amount=" + amount));
            }
            all.add(get("/api/v1/convert?from=" + pair + "&amount=1e3"));
        }
        all.add(get("/api/v1/convert?from=usd&to=eur&amount=10&rounding=half-up&scale=4"));
        all.add(get("/api/v1/rates/USD/JPY"));
        all.add(get("/api/v1/rates?base=USD"));
        all.add("POST /api/v1/convert HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: " + BATCH.length()
                + "\r\n" + fields + "\r\n" + BATCH);
        all.add(get(LAST));
        return all;
    }

    private String get(String target) {
        return "GET " + target + " HTTP/1.1\r\n" + fields + "\r\n";
    }
}
