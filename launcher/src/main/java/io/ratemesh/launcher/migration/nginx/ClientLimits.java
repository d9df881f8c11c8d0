package io.ratemesh.launcher.migration.nginx;

import io.ratemesh.launcher.migration.draft.Directive;
import io.ratemesh.launcher.migration.draft.DurationText;
import io.ratemesh.launcher.migration.draft.SettingsDraft;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and limits of clients, which all listeners share. */
final class ClientLimits {

    private static final String PLACE = "balancer.limits";
    private static final String SHARED = "all listeners share the limits";
    private static final int MAX_COUNT = 1_000_000;

    private static final Map<String, DurationText.Range> TIMES = Map.of(
            "client_header_timeout", new DurationText.Range("head-time", DurationText.SECOND, DurationText.HOUR),
            "client_body_timeout", new DurationText.Range("body-time", DurationText.SECOND, DurationText.HOUR),
            "keepalive_timeout", new DurationText.Range("keep-alive", DurationText.SECOND, DurationText.HOUR));

    private static final Set<String> ADDRESSES = Set.of("$binary_remote_addr", "$remote_addr");
    private static final Pattern ZONE = Pattern.compile("zone=([^:\\s]+)(?::\\S+)?");
    private static final Pattern RATE = Pattern.compile("rate=(\\d{1,6})r/([sm])");
    private static final Pattern BURST = Pattern.compile("burst=(\\d{1,6})");

    private final SettingsDraft draft;
    private final Map<String, Directive> zones = new HashMap<>();

    ClientLimits(SettingsDraft draft) {
        this.draft = draft;
    }

    /** Maps a directive of the level {@code http} or {@code server}; false if it is another one. */
    boolean add(Directive directive) {
        switch (directive.name()) {
            case "limit_req_zone", "limit_conn_zone" -> addZone(directive);
            case "limit_req" -> addRate(directive);
            case "limit_conn" -> addConnections(directive);
            default -> {
                DurationText.Range range = TIMES.get(directive.name());
                if (range == null) {
                    return false;
                }
                addTime(directive, range);
            }
        }
        return true;
    }

    private void addTime(Directive directive, DurationText.Range range) {
        Optional<String> text =
                NginxDuration.millis(directive.argument(0)).flatMap(millis -> DurationText.within(millis, range));
        if (text.isEmpty()) {
            draft.notMapped(directive, PLACE, range.toString());
        } else if (draft.agree(PLACE + "." + range.key(), text.get())) {
            List<String> parts = directive.arguments().size() > 1
                    ? List.of("the header field with " + directive.argument(1))
                    : List.of();
            draft.mappedWithout(directive, PLACE, parts);
        } else {
            draft.notMapped(directive, PLACE, SHARED);
        }
    }

    private void addZone(Directive directive) {
        String name = directive.arguments().stream()
                .map(ZONE::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .orElse("");
        if (ADDRESSES.contains(directive.argument(0)) && !name.isEmpty()) {
            // Settled by the directive that uses it.
            zones.put(name, directive);
        } else {
            draft.notMapped(directive, PLACE, "the limits are for addresses of clients");
        }
    }

    private void addRate(Directive directive) {
        Directive zone = zone(directive, directive.argument(0).replaceFirst("^zone=", ""), "limit_req_zone");
        Optional<Integer> rate = zone.arguments().stream()
                .map(RATE::matcher)
                .filter(Matcher::matches)
                .map(ClientLimits::perSecond)
                .findFirst();
        int burst = directive.arguments().stream()
                .map(BURST::matcher)
                .filter(Matcher::matches)
                .map(matcher -> Integer.valueOf(matcher.group(1)))
                .findFirst()
                .orElse(1);
        boolean fits = rate.filter(each -> each >= 1).isPresent() && burst >= 1 && burst <= MAX_COUNT;
        if (fits
                && draft.agree(PLACE + ".requests-per-second", rate.orElseThrow())
                && draft.agree(PLACE + ".burst", burst)) {
            draft.mapped(directive);
            draft.mapped(zone);
        } else {
            draft.notMapped(directive, PLACE, "one rate, of at least one request per second, applies to each client");
        }
    }

    private void addConnections(Directive directive) {
        Directive zone = zone(directive, directive.argument(0), "limit_conn_zone");
        String number = directive.argument(1);
        if (!zone.equals(directive)
                && number.matches("[1-9]\\d{0,5}")
                && draft.agree(PLACE + ".connections-per-client", Integer.valueOf(number))) {
            draft.mapped(directive);
            draft.mapped(zone);
        } else {
            draft.notMapped(directive, PLACE, "the limits are for addresses of clients");
        }
    }

    private Directive zone(Directive user, String name, String kind) {
        return Optional.ofNullable(zones.get(name))
                .filter(zone -> zone.name().equals(kind))
                .orElse(user);
    }

    private static int perSecond(Matcher rate) {
        int number = Integer.parseInt(rate.group(1));
        return rate.group(2).equals("s") ? number : number / 60;
    }
}
