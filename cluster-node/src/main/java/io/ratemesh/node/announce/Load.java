package io.ratemesh.node.announce;

/**
 * The load of a node.
 *
 * @param inFlight requests in flight
 * @param streams open SSE streams
 * @param cpu recent fraction of the machine's processors, 0 to 1
 * @param loopLagMillis delay of the last timer on the event loop
 * @param heapBytes used Java heap
 * @param rssBytes resident memory of the process; 0 if unknown
 * @param processors of the machine, or those that the process may use; 0 if unknown
 * @param converterRequests of a balancer: requests in flight at converters or queued for them, without streams
 */
public record Load(
        int inFlight,
        int streams,
        double cpu,
        long loopLagMillis,
        long heapBytes,
        long rssBytes,
        int processors,
        int converterRequests) {

    /** The load before the first measurement. */
    public static final Load NONE = new Load(0, 0, 0, 0, 0, 0, 0, 0);
}
