package io.ratemesh.node.announce;

/**
 * How busy a node is.
 *
 * @param inFlight requests under way
 * @param streams SSE readers
 * @param cpu share of the machine's processors this process used of late, 0 to 1
 * @param loopLagMillis by how much the last second's timer came late on the event loop
 * @param heapBytes Java heap in use
 * @param rssBytes resident memory of the process, 0 where the system does not say
 */
public record Load(int inFlight, int streams, double cpu, long loopLagMillis, long heapBytes, long rssBytes) {

    /** A node that has not measured itself yet. */
    public static final Load NONE = new Load(0, 0, 0, 0, 0, 0);
}
