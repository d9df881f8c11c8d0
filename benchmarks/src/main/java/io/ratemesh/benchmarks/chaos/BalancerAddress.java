package io.ratemesh.benchmarks.chaos;

/** The address of a balancer. */
record BalancerAddress(String host, int port) {}
