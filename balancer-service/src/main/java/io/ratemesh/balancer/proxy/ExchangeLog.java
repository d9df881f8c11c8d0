package io.ratemesh.balancer.proxy;

/** Hears of each exchange as it ends, on its event loop: what takes time goes elsewhere. */
@FunctionalInterface
public interface ExchangeLog {

    /** Nobody wants to know, and nothing is gathered. */
    ExchangeLog NONE = ended -> {};

    void ended(ExchangeSummary exchange);
}
