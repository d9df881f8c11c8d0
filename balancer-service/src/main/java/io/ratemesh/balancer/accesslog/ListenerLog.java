package io.ratemesh.balancer.accesslog;

import io.ratemesh.balancer.http.Termination;
import io.ratemesh.balancer.http.TerminationCause;
import io.ratemesh.balancer.http.TerminationPhase;
import io.ratemesh.balancer.http1.HeadTransferTime;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Logs what the front door answers by itself at one of its addresses, on one event loop, which alone may call it.
 */
public final class ListenerLog {

    private static final Termination LOCAL = Termination.of(TerminationCause.LOCAL, TerminationPhase.REQUEST);
    private static final Termination REJECTED = Termination.of(TerminationCause.PROXY, TerminationPhase.REQUEST);
    private static final Termination TIMED_OUT =
            Termination.of(TerminationCause.CLIENT_TIMEOUT, TerminationPhase.REQUEST);
    private static final int REQUEST_TIMEOUT = 408;

    private final AccessLogWriter lane;
    private final LoggedListener address;

    ListenerLog(AccessLogWriter lane, LoggedListener address) {
        this.lane = lane;
        this.address = address;
    }

    /**
     * The front door answered: a page, its health.
     *
     * @param totalMillis from the request's head to the end of its answer
     */
    public void answeredHere(HttpServerRequest request, int status, long bytesOut, long totalMillis) {
        lane.add(byItself(request, status, bytesOut, totalMillis, LOCAL));
    }

    /**
     * A response of the front door itself broke off.
     *
     * @param status 0 where its head did not go out
     * @param totalMillis from the request's head to then
     * @param byClient whether the client left; else it is the front door that could not go on
     */
    public void brokenHere(HttpServerRequest request, int status, long bytesOut, long totalMillis, boolean byClient) {
        Termination termination = Termination.of(
                byClient ? TerminationCause.CLIENT_ABORT : TerminationCause.INTERNAL_ERROR,
                status == 0 ? TerminationPhase.REQUEST : TerminationPhase.DATA);
        lane.add(byItself(request, status, bytesOut, totalMillis, termination));
    }

    /** The front door refused a request that was whole. */
    public void refused(HttpServerRequest request, int status) {
        lane.add(byItself(request, status, 0, 0, REJECTED));
    }

    /**
     * The guard answered, and nobody read the request as one.
     *
     * @param totalMillis since its first octet, as far as it did not come at once
     */
    public void refused(@Nullable SocketAddress client, int status, long totalMillis) {
        lane.add(new AccessEntry(
                System.currentTimeMillis(),
                address,
                client,
                null,
                null,
                null,
                null,
                null,
                status,
                0,
                0,
                -1,
                -1,
                -1,
                -1,
                totalMillis,
                status == REQUEST_TIMEOUT ? TIMED_OUT : REJECTED,
                0,
                false,
                0));
    }

    private AccessEntry byItself(
            HttpServerRequest request, int status, long bytesOut, long totalMillis, Termination termination) {
        long headMillis = HeadTransferTime.take(request.connection());
        return new AccessEntry(
                System.currentTimeMillis(),
                address,
                request.remoteAddress(),
                null,
                null,
                request.method(),
                AccessLogWriter.cut(request.uri()),
                request.version(),
                status,
                0,
                bytesOut,
                headMillis,
                -1,
                -1,
                -1,
                headMillis + totalMillis,
                termination,
                0,
                false,
                0);
    }
}
