package io.ratemesh.balancer.http1;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A balancer that responds to {@code /x} at once, and leaves all other responses to the test. */
final class PendingResponses implements AutoCloseable {

    static final String GET = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n";

    private final Vertx vertx = Vertx.vertx();

    /** The responses that are not sent yet, in the order of their requests. */
    final Queue<HttpServerResponse> open = new ConcurrentLinkedQueue<>();

    final GuardFixture balancer = new GuardFixture(
            vertx,
            false,
            server -> server.requestHandler(request -> {
                if (request.path().equals("/x")) {
                    request.response().end("ok");
                } else {
                    open.add(request.response());
                }
            }));

    /** Waits until what was sent has been read: a later request on another connection has its response. */
    void awaitArrival() throws Exception {
        try (ResponseReader other = new ResponseReader(balancer.port)) {
            other.send(GET);
            other.read(1);
        }
    }

    @Override
    public void close() {
        balancer.close();
        GuardFixture.await(vertx.close());
    }
}
