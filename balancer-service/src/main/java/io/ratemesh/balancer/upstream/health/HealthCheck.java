package io.ratemesh.balancer.upstream.health;

import io.netty.channel.ConnectTimeoutException;
import io.ratemesh.balancer.upstream.CheckResult;
import io.ratemesh.balancer.upstream.CheckResult.Outcome;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.node.settings.CheckSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Asks an upstream whether it is well, over HTTP or by a connection alone. */
final class HealthCheck {

    /** What is read of an answer at most: its status is what counts. */
    private static final int MOST_BYTES = 64 * 1024;

    private final Vertx vertx;
    private final CheckSettings settings;
    private final HttpClient http;
    private final NetClient tcp;

    HealthCheck(Vertx vertx, CheckSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        int timeout = (int) settings.timeout().toMillis();
        // A new connection each time: whether it still accepts some is what is asked.
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(false).setConnectTimeout(timeout));
        this.tcp = vertx.createNetClient(new NetClientOptions().setConnectTimeout(timeout));
    }

    CheckSettings settings() {
        return settings;
    }

    void close() {
        http.close();
        tcp.close();
    }

    /** Asks once. Never fails and ends within the time-out: an upstream that does not answer is an outcome too. */
    Future<CheckResult> run(Upstream upstream) {
        Asked asked = new Asked(upstream);
        long timer = vertx.setTimer(settings.timeout().toMillis(), ignored -> asked.tooLate());
        InetAddress first = upstream.addresses().current();
        if (first == null) {
            asked.found(
                    Outcome.CONNECT_FAILED,
                    0,
                    "no address: " + upstream.addresses().resolveError());
        } else {
            asked.connect(first, upstream.addresses().all().size());
        }
        return asked.outcome.future().onComplete(ignored -> vertx.cancelTimer(timer));
    }

    /** One question under way. */
    private final class Asked {

        private final Upstream upstream;
        private final Promise<CheckResult> outcome = Promise.promise();
        private final Instant at = Instant.now();
        private final long begin = System.nanoTime();
        private @Nullable HttpClientRequest request;
        private int read;
        private @Nullable InetAddress address;

        Asked(Upstream upstream) {
            this.upstream = upstream;
        }

        /** Connects to an address, or to the next ones, as many as are left. */
        private void connect(InetAddress to, int left) {
            address = to;
            SocketAddress server = SocketAddress.inetSocketAddress(new InetSocketAddress(to, upstream.port()));
            if (settings.kind() == CheckSettings.Kind.TCP) {
                tcp.connect(server).onComplete(this::accepted, cause -> notAccepted(cause, to, left));
            } else {
                http.request(new RequestOptions()
                                .setMethod(HttpMethod.GET)
                                .setServer(server)
                                .setHost(inUri(upstream.host()))
                                .setPort(upstream.port())
                                .setURI(settings.path()))
                        .onComplete(this::connected, cause -> notAccepted(cause, to, left));
            }
        }

        private void accepted(NetSocket socket) {
            socket.close();
            found(Outcome.CONNECTED, 0, "");
        }

        private void notAccepted(Throwable cause, InetAddress by, int left) {
            InetAddress next = upstream.addresses().failOver(by);
            if (left > 1 && !outcome.future().isComplete()) {
                connect(next, left - 1);
                return;
            }
            boolean late = cause instanceof ConnectTimeoutException;
            found(late ? Outcome.CONNECT_TIMEOUT : Outcome.CONNECT_FAILED, 0, why(cause));
        }

        private void connected(HttpClientRequest connected) {
            request = connected;
            connected.exceptionHandler(this::garbled);
            if (outcome.future().isComplete()) {
                connected.reset();
                return;
            }
            connected.send().onComplete(this::answered, this::garbled);
        }

        private void answered(HttpClientResponse answer) {
            int status = answer.statusCode();
            answer.exceptionHandler(this::garbled);
            answer.endHandler(ignored -> judge(status));
            answer.handler(chunk -> {
                read += chunk.length();
                if (read > MOST_BYTES) {
                    judge(status);
                    answer.request().reset();
                }
            });
        }

        private void judge(int status) {
            if (settings.expected().include(status)) {
                found(Outcome.EXPECTED_STATUS, status, "");
            } else {
                found(
                        Outcome.UNEXPECTED_STATUS,
                        status,
                        "status " + status + " (expected: " + settings.expected() + ")");
            }
        }

        private void garbled(Throwable cause) {
            found(Outcome.INVALID_RESPONSE, 0, why(cause));
        }

        private void tooLate() {
            HttpClientRequest open = request;
            if (open == null && address != null) {
                // The next check and the next request do not wait for this one, where there is another.
                upstream.addresses().failOver(address);
            }
            found(
                    open == null ? Outcome.CONNECT_TIMEOUT : Outcome.RESPONSE_TIMEOUT,
                    0,
                    "nothing within " + settings.timeout().toMillis() + " ms");
            if (open != null) {
                open.reset();
            }
        }

        private void found(Outcome finding, int status, String detail) {
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            outcome.tryComplete(new CheckResult(at, finding, status, took, detail));
        }
    }

    private static String inUri(String host) {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    private static String why(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
