package io.ratemesh.systemtests.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves the ECB's file of the day with an ETag, and 304 for a matching If-None-Match. */
public final class EcbServer implements AutoCloseable {

    private static final String PATH = "/ecb.xml";

    private final HttpServer server;
    private final AtomicInteger notModified = new AtomicInteger();
    private volatile EcbDay day;

    public EcbServer(EcbDay first) {
        day = first;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(PATH, this::response);
        server.start();
    }

    /** From now on this is the file of the day. */
    public void publish(EcbDay next) {
        day = next;
    }

    /** The number of responses with status 304. */
    public int notModified() {
        return notModified.get();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void response(HttpExchange exchange) throws IOException {
        EcbDay now = day;
        String tag = "\"" + now.date() + "-" + Integer.toHexString(now.xml().hashCode()) + "\"";
        try (exchange) {
            exchange.getResponseHeaders().set("ETag", tag);
            if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                notModified.incrementAndGet();
                exchange.sendResponseHeaders(304, -1);
                return;
            }
            byte[] body = now.xml().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/xml");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
