package io.ratemesh.balancer.upstream.health;

import io.netty.channel.Channel;
import io.netty.channel.ConnectTimeoutException;
import io.ratemesh.balancer.upstream.CheckResult;
import io.ratemesh.balancer.upstream.CheckResult.Outcome;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.transport.ClientAddresses;
import io.ratemesh.balancer.upstream.transport.TlsFailure;
import io.ratemesh.balancer.upstream.transport.UpstreamConnector;
import io.ratemesh.balancer.upstream.transport.UpstreamTransport;
import io.ratemesh.balancer.upstream.transport.UpstreamTransport.TlsTimeoutException;
import io.ratemesh.balancer.vertx.LoopContext;
import io.ratemesh.node.settings.CheckSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks an upstream, by an HTTP request or by a TCP connection, over connections as requests use them. Each check opens one, to see
 * whether the upstream accepts any.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A close does not fail.
final class HealthCheck {

    private final Vertx vertx;
    private final CheckSettings settings;
    private final ResponseJudge judge;
    private final UpstreamConnector connector;

    HealthCheck(Vertx vertx, CheckSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.judge = new ResponseJudge(vertx, settings);
        this.connector = new UpstreamConnector(LoopContext.current(vertx));
    }

    CheckSettings settings() {
        return settings;
    }

    void close() {
        connector.close();
    }

    /**
     * Runs one check. Never fails, and ends within the timeout: no response is a result, too.
     *
     * @param transport how the connection is made ready
     */
    Future<CheckResult> run(Upstream upstream, UpstreamTransport transport) {
        Attempt attempt = new Attempt(upstream, transport);
        long timer = vertx.setTimer(settings.timeout().toMillis(), ignored -> attempt.timedOut());
        InetAddress first = upstream.addresses().current();
        if (first == null) {
            attempt.complete(
                    Outcome.CONNECT_FAILED,
                    0,
                    "no address: " + upstream.addresses().resolveError());
        } else {
            attempt.connect(first, upstream.addresses().all().size());
        }
        return attempt.outcome.future().onComplete(ignored -> {
            vertx.cancelTimer(timer);
            attempt.close();
        });
    }

    /** One check under way. */
    private final class Attempt implements CheckListener {

        private enum Phase {
            CONNECTING(Outcome.CONNECT_TIMEOUT),
            HANDSHAKE(Outcome.TLS_TIMEOUT),
            AWAITING_RESPONSE(Outcome.RESPONSE_TIMEOUT);

            private final Outcome timeout;

            Phase(Outcome timeout) {
                this.timeout = timeout;
            }
        }

        private final Upstream upstream;
        private final UpstreamTransport transport;
        private final Promise<CheckResult> outcome = Promise.promise();
        private final Instant at = Instant.now();
        private final long begin = System.nanoTime();
        private Phase phase = Phase.CONNECTING;
        private @Nullable Channel channel;
        private @Nullable InetAddress address;

        Attempt(Upstream upstream, UpstreamTransport transport) {
            this.upstream = upstream;
            this.transport = transport;
        }

        /** Connects to an address, or to the next ones if it fails. */
        private void connect(InetAddress to, int left) {
            address = to;
            connector
                    .connect(upstream, to, settings.timeout())
                    .onComplete(this::connected, cause -> connectFailed(cause, to, left));
        }

        private void connectFailed(Throwable cause, InetAddress failed, int left) {
            InetAddress next = upstream.addresses().failOver(failed);
            if (left > 1 && !outcome.future().isComplete()) {
                connect(next, left - 1);
                return;
            }
            boolean timedOut = cause instanceof ConnectTimeoutException;
            complete(timedOut ? Outcome.CONNECT_TIMEOUT : Outcome.CONNECT_FAILED, 0, message(cause));
        }

        private void connected(Channel opened) {
            channel = opened;
            phase = Phase.HANDSHAKE;
            if (outcome.future().isComplete()) {
                close();
                return;
            }
            transport
                    .prepare(
                            opened,
                            upstream.serverName(),
                            upstream.port(),
                            settings.kind() == CheckSettings.Kind.GRPC ? List.of("h2") : List.of(),
                            settings.timeout(),
                            ClientAddresses.NONE)
                    .onComplete(ignored -> ready(opened), this::notReady);
        }

        private void notReady(Throwable cause) {
            Outcome found = cause instanceof TlsTimeoutException
                    ? Outcome.TLS_TIMEOUT
                    : cause instanceof TlsFailure ? Outcome.TLS_FAILED : Outcome.CONNECT_FAILED;
            complete(found, 0, message(cause));
        }

        private void ready(Channel opened) {
            phase = Phase.AWAITING_RESPONSE;
            switch (settings.kind()) {
                case TCP -> complete(transport.tls().isPresent() ? Outcome.TLS_CONNECTED : Outcome.CONNECTED, 0, "");
                case HTTP -> HttpCheck.start(opened, settings, upstream.authority(), judge.of(this));
                case GRPC ->
                    GrpcCheck.start(opened, settings.http(), transport.tls().isPresent(), upstream.authority(), this);
                case NONE -> throw new IllegalStateException("there are no checks");
            }
        }

        private void timedOut() {
            if (phase == Phase.CONNECTING && address != null) {
                // The next check and the next request use another address, where there is one.
                upstream.addresses().failOver(address);
            }
            complete(
                    phase.timeout, 0, "no response within " + settings.timeout().toMillis() + " ms");
        }

        @Override
        public void complete(Outcome found, int status, String detail) {
            Duration duration = Duration.ofNanos(System.nanoTime() - begin);
            outcome.tryComplete(new CheckResult(at, found, status, duration, detail));
        }

        private void close() {
            if (channel != null) {
                channel.close();
            }
        }
    }

    private static String message(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
