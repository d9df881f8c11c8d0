package io.ratemesh.balancer.proxy;

/** Receives each exchange as it ends, on its event loop, which must not be blocked. */
@FunctionalInterface
public interface ExchangeLog {

    /** No log; summaries are not even created. */
    ExchangeLog NONE = exchange -> {};

    void ended(ExchangeSummary exchange);
}
