package io.ratemesh.benchmarks.load;

/**
 * One of the loads that are compared.
 *
 * @param label in the table
 */
public record LoadCase(String label, LoadPlan plan) {}
