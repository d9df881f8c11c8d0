package io.ratemesh.launcher.migration.haproxy;

import io.ratemesh.launcher.migration.draft.Directive;
import io.ratemesh.launcher.migration.draft.SettingsDraft;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The three lines that limit the requests of a client: a stick table of rates, what is tracked, and what is denied. */
final class RequestRateLines {

    private static final Pattern RATE = Pattern.compile(".*\\bhttp_req_rate\\((\\w+)\\).*");
    private static final Pattern TRACK = Pattern.compile("http-request track-sc0 src(?: table \\S+)?");
    private static final Pattern DENY = Pattern.compile(
            "http-request deny(?: deny_status 429)? if \\{ sc(?:0_http_req_rate|_http_req_rate\\(0\\))(?:\\(\\S+\\))?"
                    + " gt (\\d+) \\}");

    private RequestRateLines() {}

    /**
     * Maps the lines of a frontend, where all three are there.
     *
     * @param tables the backends that may have the stick table
     */
    static void add(HaproxyProxy frontend, List<HaproxyProxy> tables, SettingsDraft draft) {
        Optional<Directive> track = matching(frontend, TRACK);
        Optional<Directive> deny = matching(frontend, DENY);
        Optional<Directive> table = tables.stream()
                .flatMap(proxy -> proxy.own().stream())
                .filter(each ->
                        each.name().equals("stick-table") && each.argument(1).equals("ip"))
                .filter(each -> RATE.matcher(text(each)).matches())
                .findFirst();
        if (track.isEmpty() || deny.isEmpty() || table.isEmpty()) {
            return;
        }
        long millis = HaproxyDuration.millis(group(RATE, table.get())).orElse(0L);
        long requests = Long.parseLong(group(DENY, deny.get()));
        long perSecond = millis == 0 ? 0 : requests * 1000 / millis;
        if (perSecond >= 1 && requests <= 1_000_000) {
            draft.set("balancer.limits.requests-per-second", (int) perSecond);
            draft.set("balancer.limits.burst", (int) requests);
            List.of(track.get(), deny.get(), table.get()).forEach(draft::mapped);
        }
    }

    private static Optional<Directive> matching(HaproxyProxy proxy, Pattern pattern) {
        return proxy.own().stream()
                .filter(each -> pattern.matcher(text(each)).matches())
                .findFirst();
    }

    private static String group(Pattern pattern, Directive directive) {
        Matcher matcher = pattern.matcher(text(directive));
        return matcher.matches() ? matcher.group(1) : "";
    }

    private static String text(Directive directive) {
        return String.join(" ", directive.words());
    }
}
