package io.ratemesh.balancer.proxy;

import io.netty.channel.ConnectTimeoutException;
import io.ratemesh.balancer.pool.Asking;
import io.ratemesh.balancer.pool.UpstreamOnLoop;
import io.ratemesh.balancer.pool.WaitingLine;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. Bodies flow through with back-pressure both ways; nothing is gathered. Where no upstream is
 * available it stands in line while CHOOSING.
 *
 * <pre>
 *   CHOOSING --connected--> WAITING --head of the answer--> RELAYING --> ENDED
 *      ^  |                    |
 *      |  +---- refused ----+  +--- broke off: once more, if it may be repeated
 *      +--------------------+-------------------------------+
 * </pre>
 */
final class Exchange implements AnswerDeadlines.Waiting, WaitingLine.Waiting, StalledClients.Sender, Asking {

    private enum Stage {
        CHOOSING,
        WAITING,
        RELAYING,
        ENDED
    }

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final long UNKNOWN = -1;

    /** What a stream may have waiting for its client. There may be thousands of them, and no event is larger by much. */
    private static final int STREAM_BUFFER_BYTES = 16 * 1024;

    private final Proxy proxy;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final boolean hasBody;
    private final RetryRule retry;
    private final List<UpstreamOnLoop> tried = new ArrayList<>(1);

    private Stage stage = Stage.CHOOSING;
    private @Nullable UpstreamOnLoop upstream;
    private @Nullable HttpClientRequest onward;
    private long relayed;

    Exchange(Proxy proxy, HttpServerRequest request) {
        this.proxy = proxy;
        this.request = request;
        this.response = request.response();
        this.hasBody = request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                || length(request.getHeader(HttpHeaders.CONTENT_LENGTH)) > 0;
        this.retry = new RetryRule(request.method(), hasBody);
    }

    void begin() {
        if (hasBody) {
            request.pause();
        }
        response.closeHandler(ignored -> clientLeft());
        response.exceptionHandler(ignored -> clientLeft());
        forward();
    }

    @Override
    public boolean waiting() {
        return stage == Stage.CHOOSING || stage == Stage.WAITING;
    }

    @Override
    public void tooSlow() {
        HttpClientRequest slow = onward;
        fail(Failure.UPSTREAM_SLOW);
        if (slow != null) {
            slow.reset();
        }
    }

    /** Ends a stream: what was sent so far is all. */
    void cut() {
        HttpClientRequest open = onward;
        if (end()) {
            response.end();
            if (open != null) {
                open.reset();
            }
        }
    }

    private void forward() {
        if (served()) {
            return;
        }
        // A request that an upstream may have acted upon is not kept: its client learns at once that it went wrong.
        if (retry.brokeBefore()) {
            fail(Failure.UPSTREAM_BROKE);
        } else if (!proxy.line().join(this, System.nanoTime())) {
            refused();
        }
    }

    @Override
    public boolean waits() {
        return stage == Stage.CHOOSING;
    }

    @Override
    public void refused() {
        fail(Failure.NONE_AVAILABLE);
    }

    @Override
    public boolean tried(UpstreamOnLoop server) {
        return tried.contains(server);
    }

    @Override
    public int sourceHash() {
        return String.valueOf(request.remoteAddress().hostAddress()).hashCode();
    }

    @Override
    public int uriHash() {
        return String.valueOf(request.path()).hashCode();
    }

    /** Chooses an upstream and connects to it; false where there is none that was not tried. */
    @Override
    public boolean served() {
        UpstreamOnLoop chosen = proxy.pool().choose(this);
        if (chosen == null) {
            return false;
        }
        tried.add(chosen);
        upstream = chosen;
        chosen.begin();
        proxy.client()
                .request(new RequestOptions()
                        .setMethod(request.method())
                        .setHost(chosen.upstream().host())
                        .setPort(chosen.upstream().port())
                        .setURI(request.uri()))
                .onComplete(connected -> connected(chosen, connected));
        return true;
    }

    private void connected(UpstreamOnLoop chosen, AsyncResult<HttpClientRequest> connected) {
        if (stage != Stage.CHOOSING) {
            if (connected.succeeded()) {
                connected.result().reset();
            }
            return;
        }
        if (connected.failed()) {
            if (connected.cause() instanceof ConnectTimeoutException) {
                chosen.missedConnect();
            } else {
                chosen.refusedConnect();
            }
            chosen.end();
            upstream = null;
            if (retry.afterRefusedConnect()) {
                chosen.retriedElsewhere();
                forward();
            } else {
                fail(Failure.UPSTREAM_BROKE);
            }
            return;
        }
        stage = Stage.WAITING;
        HttpClientRequest out = connected.result();
        onward = out;
        proxy.headers().toUpstream(request, out.headers());
        out.response().onComplete(answer -> answered(chosen, answer));
        if (hasBody) {
            sendBody(chosen, out);
        } else {
            out.end();
        }
    }

    private void sendBody(UpstreamOnLoop chosen, HttpClientRequest out) {
        if (!out.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            out.setChunked(true);
        }
        // What goes wrong here also fails the answer, which decides; the request just must not wait for ever.
        out.exceptionHandler(ignored -> request.resume());
        request.handler(chunk -> {
            chosen.sent(chunk.length());
            proxy.counts().received(chunk.length());
            out.write(chunk);
            if (out.writeQueueFull()) {
                request.pause();
                out.drainHandler(ignored -> request.resume());
            }
        });
        request.endHandler(ignored -> out.end());
        request.resume();
    }

    private void answered(UpstreamOnLoop chosen, AsyncResult<HttpClientResponse> answer) {
        if (stage != Stage.WAITING) {
            return;
        }
        if (answer.failed()) {
            chosen.brokeOff();
            chosen.end();
            upstream = null;
            onward = null;
            if (retry.afterBreak() && proxy.pool().retries().take(System.nanoTime())) {
                chosen.retriedElsewhere();
                stage = Stage.CHOOSING;
                forward();
            } else {
                fail(Failure.UPSTREAM_BROKE);
            }
            return;
        }
        HttpClientResponse from = answer.result();
        if (from.statusCode() == SWITCHING_PROTOCOLS) {
            // Nobody asked for it: no upgrade is ever forwarded.
            tooStrange(chosen);
            return;
        }
        relay(chosen, from);
    }

    private void tooStrange(UpstreamOnLoop chosen) {
        chosen.brokeOff();
        HttpClientRequest strange = onward;
        fail(Failure.UPSTREAM_BROKE);
        if (strange != null) {
            strange.reset();
        }
    }

    private void relay(UpstreamOnLoop chosen, HttpClientResponse from) {
        stage = Stage.RELAYING;
        int status = from.statusCode();
        chosen.answered(status);
        response.setStatusCode(status);
        proxy.headers().toClient(from.headers(), response.headers());
        long length = length(from.getHeader(HttpHeaders.CONTENT_LENGTH));
        boolean bodiless = request.method().equals(HttpMethod.HEAD) || status == NO_CONTENT || status == NOT_MODIFIED;
        if (length == UNKNOWN && !bodiless) {
            beginStream();
        }
        from.exceptionHandler(ignored -> brokeOffMidway(chosen));
        from.handler(chunk -> pass(chosen, from, chunk, length));
        from.endHandler(ignored -> {
            if (end()) {
                response.end();
            }
        });
    }

    /** An answer of unknown length may be a stream whose first event is far off: its head goes out at once. */
    private void beginStream() {
        if (request.version() != HttpVersion.HTTP_1_0) {
            response.setChunked(true);
            response.writeHead();
        }
        response.setWriteQueueMaxSize(STREAM_BUFFER_BYTES);
        proxy.streams().add(this);
    }

    private void pass(UpstreamOnLoop chosen, HttpClientResponse from, Buffer chunk, long length) {
        if (stage != Stage.RELAYING) {
            return;
        }
        relayed += chunk.length();
        chosen.received(chunk.length());
        if (relayed == length) {
            // The last chunk and the end go out in one write; the answer's own end has nothing to add.
            if (end()) {
                response.end(chunk);
            }
            return;
        }
        response.write(chunk);
        if (response.writeQueueFull()) {
            holdBack(from);
        }
    }

    private void holdBack(HttpClientResponse from) {
        from.pause();
        UpstreamReading.stop(from);
        proxy.stalled().stalled(this, System.nanoTime());
        response.drainHandler(ignored -> {
            proxy.stalled().over(this);
            UpstreamReading.goOn(from);
            from.resume();
        });
    }

    @Override
    public void giveUp() {
        clientLeft();
        response.reset();
    }

    private void brokeOffMidway(UpstreamOnLoop chosen) {
        if (end()) {
            chosen.brokeOffMidway();
            // Bytes have gone out: all that is left is to show that the answer is not whole.
            response.reset();
        }
    }

    private void clientLeft() {
        HttpClientRequest open = onward;
        if (end()) {
            proxy.counts().abandoned();
            if (upstream != null) {
                upstream.clientLeft();
            }
            if (open != null) {
                open.reset();
            }
        }
    }

    private void fail(Failure failure) {
        if (end()) {
            int bytes = FailureAnswer.send(request, failure, true);
            proxy.counts().answered(failure.status(), bytes);
            if (hasBody) {
                request.resume();
            }
        }
    }

    /** Ends the exchange in the books; false if it had ended before. */
    private boolean end() {
        if (stage == Stage.ENDED) {
            return false;
        }
        boolean answered = stage == Stage.RELAYING;
        stage = Stage.ENDED;
        if (upstream != null) {
            upstream.end();
        }
        proxy.streams().remove(this);
        proxy.stalled().over(this);
        if (answered) {
            proxy.counts().answered(response.getStatusCode(), relayed);
        }
        return true;
    }

    private static long length(@Nullable String contentLength) {
        if (contentLength == null) {
            return UNKNOWN;
        }
        try {
            return Long.parseLong(contentLength);
        } catch (NumberFormatException e) {
            return UNKNOWN;
        }
    }
}
