package io.ratemesh.balancer.proxy;

import io.ratemesh.balancer.http.ProxyFailure;
import io.ratemesh.balancer.http.TerminationCause;
import io.ratemesh.balancer.http.TerminationPhase;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.ratemesh.balancer.upstream.connections.ResponseListener;
import io.ratemesh.balancer.upstream.connections.UpstreamConnection;

/** What {@link UpstreamAttempts} get a response for. */
interface AttemptListener extends ResponseListener {

    /** Sends the request, on a connection of the attempt that was just made. */
    void sendRequest(UpstreamOnLoop upstream, UpstreamConnection to);

    /** No response is awaited for now. */
    void stopTimeout();

    /** There is no response, and no further attempt. */
    void fail(ProxyFailure failure, TerminationCause cause, TerminationPhase phase);
}
