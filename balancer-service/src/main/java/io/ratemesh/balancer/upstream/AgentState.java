package io.ratemesh.balancer.upstream;

/**
 * What the agent of a server has set so far. Only the agent revokes it: what a report does not mention stays.
 *
 * @param adminState counts as long as an operator has set none but READY
 * @param down whether the server is down, whatever its checks say
 * @param weightPercent percentage of the configured weight, 0 to 25,600; 0 drains the server
 * @param maxInFlight requests in flight at which it gets no more; 0 for the limit of the pool
 */
public record AgentState(AdminState adminState, boolean down, int weightPercent, int maxInFlight) {

    /** It has set nothing. */
    public static final AgentState NONE = new AgentState(AdminState.READY, false, 100, 0);

    /** The state after a report. */
    AgentState with(AgentReport report) {
        return new AgentState(
                report.adminState().orElse(adminState),
                report.up().map(up -> !up).orElse(down),
                report.weightPercent().orElse(weightPercent),
                report.maxInFlight().orElse(maxInFlight));
    }

    /** Whether it takes the server out of service without a failure. */
    boolean drains() {
        return adminState == AdminState.DRAIN || weightPercent == 0;
    }
}
