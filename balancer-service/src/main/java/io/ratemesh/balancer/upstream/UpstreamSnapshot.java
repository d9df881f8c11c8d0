package io.ratemesh.balancer.upstream;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An upstream at one moment. HAProxy's columns are in brackets.
 *
 * @param id its name in the pool (svname)
 * @param host its name or address, or {@code unix:} and a path
 * @param port its port; 0 for a unix socket
 * @param addresses that it has, the one in use first (addr); empty before the first lookup
 * @param resolveError why the last lookup failed; empty where it did not
 * @param backup whether it is one (bck, else act)
 * @param weight relative to the others, 1 to 256 (weight)
 * @param weightPercent percentage of the weight that counts; below 100 during slow start (throttle)
 * @param state its state (status)
 * @param adminState what an operator has set
 * @param draining whether its node has announced that it drains
 * @param timeInState time since the last change of state (lastchg)
 * @param downtime total time DOWN (downtime)
 * @param checksFailed checks that failed while it was up (chkfail)
 * @param downTransitions number of times it went down (chkdown)
 * @param ejections number of ejections
 * @param lastCheck its last check, if any (check_status, check_code, check_duration)
 * @param agent what its agent has set
 * @param lastAgentCheck what its agent said last, if it has one (agent_status, agent_duration); its detail is the line
 * @param checkHealth from 0 to {@code rise + fall - 1}; up from {@code rise} on (check_health)
 * @param rise consecutive passed checks until it is up (check_rise)
 * @param fall consecutive failed checks until it is down (check_fall)
 * @param counts of its requests
 * @param p50 median time to the first byte of a response, over the last 30 to 60 s; zero for none
 * @param p99 the time within which 99 % of them arrived
 */
public record UpstreamSnapshot(
        String id,
        String host,
        int port,
        List<InetAddress> addresses,
        String resolveError,
        boolean backup,
        int weight,
        int weightPercent,
        UpstreamState state,
        AdminState adminState,
        boolean draining,
        Duration timeInState,
        Duration downtime,
        int checksFailed,
        int downTransitions,
        int ejections,
        Optional<CheckResult> lastCheck,
        AgentState agent,
        Optional<CheckResult> lastAgentCheck,
        int checkHealth,
        int rise,
        int fall,
        UpstreamCounts counts,
        Duration p50,
        Duration p99) {}
