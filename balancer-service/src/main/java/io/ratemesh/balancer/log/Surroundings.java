package io.ratemesh.balancer.log;

/**
 * What else was under way when a line was written, a moment after its request ended; that request counts as well.
 *
 * @param frontend as the log calls the listener
 * @param connections open at the front door
 * @param inPool requests under way in the pool
 * @param atServer requests under way at the server
 */
record Surroundings(String frontend, long connections, long inPool, long atServer) {}
