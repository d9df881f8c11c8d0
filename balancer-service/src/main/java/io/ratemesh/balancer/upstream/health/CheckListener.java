package io.ratemesh.balancer.upstream.health;

import io.ratemesh.balancer.upstream.CheckResult.Outcome;

/** Gets the result of a check. The first one counts. */
interface CheckListener {

    /**
     * The check is complete.
     *
     * @param status the HTTP status; 0 for none
     * @param detail what failed, as text; empty where nothing did
     */
    void complete(Outcome found, int status, String detail);
}
