package io.ratemesh.balancer.warmup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.ratemesh.node.warmup.LoopbackConnection;
import io.ratemesh.node.warmup.WarmUpRequests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Clients of the balancer: one request at a time on each of some connections that are kept alive. */
public final class ProxiedRequests implements WarmUpRequests {

    /** Where all requests go. */
    public static final String PATH = "/api/";

    private static final int CONNECTIONS = 16;
    private static final byte[] END = StubUpstream.END.getBytes(US_ASCII);
    private static final byte[] SHORT = request("");
    private static final byte[] LONG = request("User-Agent: warm-up\r\nAccept: */*\r\nAccept-Encoding: gzip\r\n");

    private final int port;
    private final List<LoopbackConnection> connections = new ArrayList<>();

    /** To a port of loopback. */
    public ProxiedRequests(int port) {
        this.port = port;
    }

    @Override
    public int send() throws IOException {
        while (connections.size() < CONNECTIONS) {
            connections.add(LoopbackConnection.open(port));
        }
        for (int i = 0; i < CONNECTIONS; i++) {
            connections.get(i).send(i % 2 == 0 ? SHORT : LONG);
        }
        for (LoopbackConnection connection : connections) {
            connection.readUntil(END);
        }
        return CONNECTIONS;
    }

    @Override
    public void close() throws IOException {
        for (LoopbackConnection connection : connections) {
            connection.close();
        }
    }

    private static byte[] request(String fields) {
        return ("GET " + PATH + "v1/convert?from=USD&to=JPY&amount=250.75 HTTP/1.1\r\nHost: localhost:8080\r\n" + fields
                        + "\r\n")
                .getBytes(US_ASCII);
    }
}
