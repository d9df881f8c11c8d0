package io.ratemesh.balancer.upstream.health;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.channel.ConnectTimeoutException;
import io.ratemesh.balancer.upstream.AgentReport;
import io.ratemesh.balancer.upstream.CheckResult;
import io.ratemesh.balancer.upstream.CheckResult.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One connection to the agent of a server, which sends one line (HAProxy's {@code agent-check}). Nothing is sent to it. */
final class AgentCheck {

    /** In bytes: the longest line. */
    static final int MAX_BYTES = 1024;

    /**
     * What the agent said.
     *
     * @param result of the check; its detail is the line, or why there is none
     * @param report what the line means; it says nothing where there is none
     */
    record Said(CheckResult result, AgentReport report) {}

    private final Promise<Said> said = Promise.promise();
    private final Instant at = Instant.now();
    private final long begin = System.nanoTime();
    private final Buffer received = Buffer.buffer();
    private @Nullable NetSocket connection;

    private AgentCheck() {}

    /** Reads the line of an agent. Never fails, and ends within the timeout: no line is a result, too. */
    static Future<Said> run(Vertx vertx, NetClient client, InetSocketAddress agent, Duration timeout) {
        AgentCheck check = new AgentCheck();
        long timer = vertx.setTimer(timeout.toMillis(), ignored -> check.timedOut());
        ConnectOptions to = new ConnectOptions()
                .setRemoteAddress(SocketAddress.inetSocketAddress(agent))
                .setTimeout((int) timeout.toMillis());
        client.connect(to).onComplete(check::connected, check::connectFailed);
        return check.said.future().onComplete(ignored -> {
            vertx.cancelTimer(timer);
            check.close();
        });
    }

    private void connected(NetSocket socket) {
        connection = socket;
        socket.handler(this::receive)
                .exceptionHandler(cause -> noLine(Outcome.INVALID_RESPONSE, message(cause)))
                .endHandler(ignored -> ended());
        if (said.future().isComplete()) {
            close();
        }
    }

    private void connectFailed(Throwable cause) {
        noLine(
                cause instanceof ConnectTimeoutException ? Outcome.CONNECT_TIMEOUT : Outcome.CONNECT_FAILED,
                message(cause));
    }

    private void receive(Buffer more) {
        int scanned = received.length();
        received.appendBuffer(more, 0, Math.min(more.length(), MAX_BYTES + 1 - scanned));
        for (int i = scanned; i < received.length(); i++) {
            if (received.getByte(i) == '\r' || received.getByte(i) == '\n') {
                line(i);
                return;
            }
        }
        if (received.length() > MAX_BYTES) {
            noLine(Outcome.INVALID_RESPONSE, "the line is longer than " + MAX_BYTES + " bytes");
        }
    }

    /** An agent may close the connection instead of ending the line. */
    private void ended() {
        if (received.length() > 0) {
            line(received.length());
        } else {
            noLine(Outcome.INVALID_RESPONSE, "the agent closed the connection and said nothing");
        }
    }

    private void line(int length) {
        String line = received.getString(0, length, US_ASCII.name())
                .replaceAll("[^ -~]+", " ")
                .strip();
        AgentReport report = AgentReport.parse(line);
        Outcome outcome = !report.isUnderstood()
                ? Outcome.INVALID_RESPONSE
                : report.up().orElse(true) ? Outcome.EXPECTED_STATUS : Outcome.UNEXPECTED_STATUS;
        complete(outcome, line, report);
    }

    private void timedOut() {
        noLine(
                connection == null ? Outcome.CONNECT_TIMEOUT : Outcome.RESPONSE_TIMEOUT,
                "the agent said nothing in time");
    }

    private void noLine(Outcome outcome, String why) {
        complete(outcome, why, AgentReport.NONE);
    }

    private void complete(Outcome outcome, String detail, AgentReport report) {
        Duration duration = Duration.ofNanos(System.nanoTime() - begin);
        said.tryComplete(new Said(new CheckResult(at, outcome, 0, duration, detail), report));
    }

    private void close() {
        if (connection != null) {
            connection.close();
        }
    }

    private static String message(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
