package io.ratemesh.balancer.accesslog;

/**
 * What else was under way when a line was written, a moment after its request ended: its connection counts as well, the
 * request itself does not.
 *
 * @param connections open at the front door, at all its addresses
 * @param atAddress of these, at the one by which the request came
 * @param inPool requests under way in the pool
 * @param atServer requests under way at the server
 */
record ConcurrencySnapshot(long connections, long atAddress, long inPool, long atServer) {}
