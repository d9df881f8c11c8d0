package io.ratemesh.balancer.upstream;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is known of an upstream at one moment. The words in brackets are HAProxy's.
 *
 * @param id its name in the pool (svname)
 * @param host its name or address
 * @param port its port
 * @param addresses that it has, the one that is used first (addr); empty where its name has none so far
 * @param resolveError why its name could not be resolved; empty where nothing is wrong
 * @param backup whether it is one (bck, else act)
 * @param weight its share beside the others, 1 to 256 (weight)
 * @param weightPercent how much of that counts; below 100 while it starts slowly (throttle)
 * @param state whether it is sent requests (status)
 * @param adminState what an operator wants of it
 * @param draining whether it said itself that it leaves
 * @param timeInState how long its availability is what it is (lastchg)
 * @param downtime how long it was DOWN in all (downtime)
 * @param checksFailed checks that failed while it was up (chkfail)
 * @param timesDown how often it went down (chkdown)
 * @param ejections how often it was ejected
 * @param lastCheck its last check, if any (check_status, check_code, check_duration)
 * @param checkHealth from 0 to {@code rise + fall - 1}; up from {@code rise} on (check_health)
 * @param rise passed checks in a row until it is up (check_rise)
 * @param fall failed checks in a row until it is down (check_fall)
 * @param counts of its requests
 * @param p50 of the times to the first byte of an answer, over the last 30 to 60 s; zero without any
 * @param p99 the time within which 99 % of them came
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
        int timesDown,
        int ejections,
        Optional<CheckResult> lastCheck,
        int checkHealth,
        int rise,
        int fall,
        UpstreamCounts counts,
        Duration p50,
        Duration p99) {}
