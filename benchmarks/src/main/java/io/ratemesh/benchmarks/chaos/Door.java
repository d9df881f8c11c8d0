package io.ratemesh.benchmarks.chaos;

/** The address of a front door. */
record Door(String host, int port) {}
