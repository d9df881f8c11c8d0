package io.ratemesh.systemtests.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** Faults of real providers, and possible attacks. */
public final class Scripts {

    private static final int CHUNK = 1 << 16;
    private static final long GIGABYTE = 1L << 30;
    private static final int ENTITIES = 10;

    private Scripts() {}

    /** The true rates. */
    public static Script truth() {
        return (exchange, truth) -> send(exchange, truth.feed(), truth.text().getBytes(UTF_8));
    }

    /** Another table in place of the true one, as new as that. */
    public static Script table(UnaryOperator<RateTable> change) {
        return (exchange, truth) -> send(
                exchange,
                truth.feed(),
                truth.feed()
                        .render(change.apply(truth.table()), truth.observedAt())
                        .getBytes(UTF_8));
    }

    /** The file of the day before, once more. */
    public static Script dayBefore(UnaryOperator<RateTable> change) {
        return (exchange, truth) -> send(
                exchange,
                truth.feed(),
                truth.feed()
                        .render(change.apply(truth.table()), truth.feed().before(truth.observedAt()))
                        .getBytes(UTF_8));
    }

    /** Bytes that mean nothing. */
    public static Script garbage() {
        return (exchange, truth) -> {
            byte[] bytes = new byte[CHUNK];
            new Random(CHUNK).nextBytes(bytes);
            send(exchange, truth.feed(), bytes);
        };
    }

    /** The truth, cut short in the middle of a rate; the length says that this is all. */
    public static Script truncated() {
        return (exchange, truth) -> {
            byte[] whole = truth.text().getBytes(UTF_8);
            send(exchange, truth.feed(), Arrays.copyOf(whole, whole.length / 2));
        };
    }

    /** The ECB's file behind entities that would unfold to ten billion words. */
    public static Script billionLaughs() {
        return (exchange, truth) -> {
            StringBuilder xml = new StringBuilder("<?xml version='1.0'?>\n<!DOCTYPE lolz [<!ENTITY lol0 'lol'>\n");
            for (int i = 1; i <= ENTITIES; i++) {
                xml.append("<!ENTITY lol")
                        .append(i)
                        .append(" '")
                        .append(("&lol" + (i - 1) + ";").repeat(ENTITIES))
                        .append("'>\n");
            }
            String text = FeedShape.envelope(truth.table(), truth.observedAt())
                    .replace("<Cube>", "<gesmes:subject>&lol" + ENTITIES + ";</gesmes:subject><Cube>");
            send(
                    exchange,
                    truth.feed(),
                    xml.append("]>\n").append(text).toString().getBytes(UTF_8));
        };
    }

    /** An error that calls itself 200, as APILayer's. */
    public static Script unsuccessful() {
        return (exchange, truth) -> send(
                exchange,
                truth.feed(),
                "{\"success\":false,\"error\":{\"code\":104,\"info\":\"usage limit reached\"}}".getBytes(UTF_8));
    }

    /** Come back in so many seconds. */
    public static Script tooManyRequests(int retryAfterSeconds) {
        return (exchange, truth) -> {
            exchange.getResponseHeaders().set("Retry-After", String.valueOf(retryAfterSeconds));
            exchange.sendResponseHeaders(429, -1);
        };
    }

    /** Accepts the request and sends nothing until released. */
    public static Script noResponse(CountDownLatch released) {
        return (exchange, truth) -> {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /**
     * A body of a gigabyte that never says how long it is, and that both sides would have to hold if they held it.
     *
     * @param sent how much of it was sent, which shows when the client closed the connection
     */
    public static Script gigabyte(AtomicLong sent) {
        return (exchange, truth) -> {
            byte[] blanks = new byte[CHUNK];
            Arrays.fill(blanks, (byte) ' ');
            exchange.sendResponseHeaders(200, 0);
            for (long left = GIGABYTE; left > 0; left -= CHUNK) {
                exchange.getResponseBody().write(blanks);
                sent.addAndGet(CHUNK);
            }
        };
    }

    private static void send(HttpExchange exchange, FeedShape feed, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", feed.contentType());
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }
}
