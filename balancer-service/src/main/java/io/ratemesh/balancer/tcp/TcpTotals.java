package io.ratemesh.balancer.tcp;

/**
 * Counts of a port since it was opened, of one loop or of all. The words in brackets are HAProxy's, of its row FRONTEND.
 *
 * @param connections that came in (stot)
 * @param open that are open now (scur)
 * @param unintroduced that did not say whose they are, though they had to by the PROXY protocol (ereq)
 * @param oneTooMany that said it, and that client had too many (dses)
 * @param turnedAway that no server took, in time or at all (dcon)
 * @param clientsLeft that their client broke off (cli_abrt)
 * @param idled closed after too long without a byte
 * @param cut still open at the deadline when this balancer left
 * @param bytesIn from clients (bin)
 * @param bytesOut for clients (bout)
 */
public record TcpTotals(
        long connections,
        long open,
        long unintroduced,
        long oneTooMany,
        long turnedAway,
        long clientsLeft,
        long idled,
        long cut,
        long bytesIn,
        long bytesOut) {

    /** Nothing counted. */
    public static final TcpTotals NONE = new TcpTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Both together. */
    public TcpTotals plus(TcpTotals other) {
        return new TcpTotals(
                connections + other.connections,
                open + other.open,
                unintroduced + other.unintroduced,
                oneTooMany + other.oneTooMany,
                turnedAway + other.turnedAway,
                clientsLeft + other.clientsLeft,
                idled + other.idled,
                cut + other.cut,
                bytesIn + other.bytesIn,
                bytesOut + other.bytesOut);
    }
}
