package io.ratemesh.balancer.proxy;

import io.ratemesh.balancer.http.TerminationPhase;

/** The state of an exchange: attempts to get a response, then its relay, a stored response or a tunnel, then
 * its end. */
sealed interface ExchangeState permits UpstreamAttempts, ResponseRelay, CachedResponse, Tunnel, ExchangeState.Ended {

    /** The phase that the log names where the exchange ends in this state. */
    TerminationPhase phase();

    /** Nothing more happens. */
    enum Ended implements ExchangeState {
        ENDED;

        @Override
        public TerminationPhase phase() {
            return TerminationPhase.COMPLETE;
        }
    }
}
