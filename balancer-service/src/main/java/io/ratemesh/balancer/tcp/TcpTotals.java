package io.ratemesh.balancer.tcp;

/**
 * Counts of a TCP port since it was opened, of one event loop or of all. In brackets: HAProxy's column in the row FRONTEND.
 *
 * @param connections accepted (stot)
 * @param open open now (scur)
 * @param invalidProxyHeaders without a valid PROXY protocol header where one is required (ereq)
 * @param clientLimitExceeded over the limit of the client that the header names (dses)
 * @param noServerAvailable without a server, at once or in time (dcon)
 * @param clientAborts aborted by the client (cli_abrt)
 * @param idleTimeouts closed after too long without a byte
 * @param drainTimeouts still open at the end of a drain
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

    /** Nothing counted. */
    public static final TcpTotals NONE = new TcpTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Both together. */
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
