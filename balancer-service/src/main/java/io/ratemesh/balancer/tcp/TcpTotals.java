package io.ratemesh.balancer.tcp;

/**
 * Counts of a listener in TCP mode since its start, on one event loop or on all. HAProxy's columns of the row FRONTEND are in brackets.
 *
 * @param connections admitted (stot)
 * @param open now (scur)
 * @param invalidProxyHeaders connections whose header of the PROXY protocol was missing or invalid (ereq)
 * @param clientLimitExceeded connections whose header of the PROXY protocol names a client with too many (dses)
 * @param noServerAvailable connections for which no server was available in time (dcon)
 * @param clientAborts connections that the client aborted (cli_abrt)
 * @param idleTimeouts connections that were closed because they were idle
 * @param drainTimeouts connections that were closed at the end of a drain
 * @param bytesIn from clients (bin)
 * @param bytesOut to clients (bout)
 */
public record TcpTotals(
        long connections,
        long open,
        long invalidProxyHeaders,
        long clientLimitExceeded,
        long noServerAvailable,
        long clientAborts,
        long idleTimeouts,
        long drainTimeouts,
        long bytesIn,
        long bytesOut) {

    /** All zero. */
    public static final TcpTotals NONE = new TcpTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** The sum of both. */
    public TcpTotals plus(TcpTotals other) {
        return new TcpTotals(
                connections + other.connections,
                open + other.open,
                invalidProxyHeaders + other.invalidProxyHeaders,
                clientLimitExceeded + other.clientLimitExceeded,
                noServerAvailable + other.noServerAvailable,
                clientAborts + other.clientAborts,
                idleTimeouts + other.idleTimeouts,
                drainTimeouts + other.drainTimeouts,
                bytesIn + other.bytesIn,
                bytesOut + other.bytesOut);
    }
}
