package io.ratemesh.balancer.warmup;

import io.ratemesh.node.warmup.LoopbackConnection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;

/** An upstream that responds to each request, pipelined or not, like a converter to a conversion. */
public final class StubUpstream {

    /** The last byte of a response, which occurs nowhere else in it. */
    static final String END = "}";

    private static final String HEAD_END = "\r\n\r\n";
    private static final String BODY = "{\"from\":\"USD\",\"to\":\"JPY\",\"amount\":\"250.75\",\"result\":\"40707\","
            + "\"rate\":\"162.3390275952693823915900131406045\",\"sources\":[\"warm-up\"],\"stale\":false" + END;
    private static final Buffer RESPONSE = Buffer.buffer("HTTP/1.1 200 OK\r\nDate: Mon, 06 Jul 2026 14:00:00 GMT\r\n"
            + "X-Served-By: warm-up\r\nAccess-Control-Allow-Origin: *\r\nCache-Control: no-cache\r\n"
            + "Content-Type: application/json\r\nETag: \"1783346400000\"\r\nContent-Length: " + BODY.length() + HEAD_END
            + BODY);

    private StubUpstream() {}

    /** Listens on any port of loopback, until the current verticle ends; returns the port. */
    public static Future<Integer> listen(Vertx vertx) {
        return vertx.createNetServer(new NetServerOptions().setTcpNoDelay(true))
                .connectHandler(StubUpstream::serve)
                .listen(0, LoopbackConnection.ADDRESS)
                .map(NetServer::actualPort);
    }

    private static void serve(NetSocket socket) {
        socket.handler(RecordParser.newDelimited(HEAD_END, head -> socket.write(RESPONSE)));
    }
}
