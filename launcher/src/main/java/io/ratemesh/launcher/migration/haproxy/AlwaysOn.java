package io.ratemesh.launcher.migration.haproxy;

import io.ratemesh.launcher.migration.draft.Directive;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Directives that need no setting, since the balancer always behaves so (docs/coming-from-haproxy-nginx.md). */
final class AlwaysOn {

    private static final List<List<String>> DIRECTIVES = Stream.of(
                    "daemon",
                    "master-worker",
                    "tune.notsent-lowat.client",
                    "option forwardfor",
                    "option redispatch",
                    "option http-keep-alive",
                    "option dontlognull",
                    "option log-health-checks",
                    "option contstats",
                    "option socket-stats",
                    "option srvtcpka",
                    "option http-use-htx",
                    "option tcp-check",
                    "srvtcpka-idle",
                    "srvtcpka-intvl",
                    "srvtcpka-cnt",
                    "no option http-server-close",
                    "no option httpclose",
                    "retries",
                    "retry-on",
                    "http-reuse",
                    "hash-type consistent",
                    "unique-id-header",
                    "unique-id-format",
                    "stats enable",
                    "stats refresh",
                    "stats realm",
                    "stats hide-version",
                    "stats show-legends",
                    "stats show-desc",
                    "stats show-node",
                    "stats show-modules",
                    "stats admin",
                    "stats uri /stats",
                    "stats uri /haproxy?stats",
                    "http-request use-service prometheus-exporter")
            .map(text -> List.of(text.split(" ")))
            .toList();

    private static final Set<String> FIELD_ACTIONS = Set.of("set-header", "add-header", "del-header");

    /** The fields that the balancer sets by itself; what a client sends in them is removed. */
    private static final Set<String> FORWARDED = Set.of(
            "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-port", "x-request-id", "via");

    private AlwaysOn() {}

    static boolean includes(Directive directive) {
        return DIRECTIVES.stream().anyMatch(directive::startsWith) || isForwardedField(directive);
    }

    private static boolean isForwardedField(Directive directive) {
        if (!directive.name().equals("http-request")) {
            return false;
        }
        String field = directive.argument(1).toLowerCase(Locale.ROOT);
        return FIELD_ACTIONS.contains(directive.argument(0)) && FORWARDED.contains(field);
    }
}
