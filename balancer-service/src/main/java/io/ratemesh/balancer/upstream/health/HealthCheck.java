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

/** Checks an upstream, by an HTTP request or by a TCP connection. */
final class HealthCheck {

    /** In bytes: the most that is read of a response, of which only the status counts. */
    private static final int MAX_BYTES = 64 * 1024;

    private final Vertx vertx;
    private final CheckSettings settings;
    private final HttpClient http;
    private final NetClient tcp;

    HealthCheck(Vertx vertx, CheckSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        int timeout = (int) settings.timeout().toMillis();
        // A new connection for each check, to see whether it accepts any.
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

    /** Runs one check. Never fails, and ends within the timeout: no response is a result, too. */
    Future<CheckResult> run(Upstream upstream) {
        Attempt attempt = new Attempt(upstream);
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
        return attempt.outcome.future().onComplete(ignored -> vertx.cancelTimer(timer));
    }

    /** One check under way. */
    private final class Attempt {

        private final Upstream upstream;
        private final Promise<CheckResult> outcome = Promise.promise();
        private final Instant at = Instant.now();
        private final long begin = System.nanoTime();
        private @Nullable HttpClientRequest request;
        private int read;
        private @Nullable InetAddress address;

        Attempt(Upstream upstream) {
            this.upstream = upstream;
        }

        /** Connects to an address, or to the next ones if it fails. */
        private void connect(InetAddress to, int left) {
            address = to;
            SocketAddress server = SocketAddress.inetSocketAddress(new InetSocketAddress(to, upstream.port()));
            if (settings.kind() == CheckSettings.Kind.TCP) {
                tcp.connect(server).onComplete(this::tcpConnected, cause -> connectFailed(cause, to, left));
            } else {
                http.request(new RequestOptions()
                                .setMethod(HttpMethod.GET)
                                .setServer(server)
                                .setHost(inUri(upstream.host()))
                                .setPort(upstream.port())
                                .setURI(settings.path()))
                        .onComplete(this::httpConnected, cause -> connectFailed(cause, to, left));
            }
        }

        private void tcpConnected(NetSocket socket) {
            socket.close();
            complete(Outcome.CONNECTED, 0, "");
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

        private void httpConnected(HttpClientRequest connected) {
            request = connected;
            connected.exceptionHandler(this::invalid);
            if (outcome.future().isComplete()) {
                connected.reset();
                return;
            }
            connected.send().onComplete(this::responded, this::invalid);
        }

        private void responded(HttpClientResponse response) {
            int status = response.statusCode();
            response.exceptionHandler(this::invalid);
            response.endHandler(ignored -> checkStatus(status));
            response.handler(chunk -> {
                read += chunk.length();
                if (read > MAX_BYTES) {
                    checkStatus(status);
                    response.request().reset();
                }
            });
        }

        private void checkStatus(int status) {
            if (settings.expected().include(status)) {
                complete(Outcome.EXPECTED_STATUS, status, "");
            } else {
                complete(Outcome.UNEXPECTED_STATUS, status, "status " + status + "; must be " + settings.expected());
            }
        }

        private void invalid(Throwable cause) {
            complete(Outcome.INVALID_RESPONSE, 0, message(cause));
        }

        private void timedOut() {
            HttpClientRequest open = request;
            if (open == null && address != null) {
                // The next check and the next request use another address, where there is one.
                upstream.addresses().failOver(address);
            }
            complete(
                    open == null ? Outcome.CONNECT_TIMEOUT : Outcome.RESPONSE_TIMEOUT,
                    0,
                    "no response within " + settings.timeout().toMillis() + " ms");
            if (open != null) {
                open.reset();
            }
        }

        private void complete(Outcome found, int status, String detail) {
            Duration duration = Duration.ofNanos(System.nanoTime() - begin);
            outcome.tryComplete(new CheckResult(at, found, status, duration, detail));
        }
    }

    private static String inUri(String host) {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    private static String message(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
