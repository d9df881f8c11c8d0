package io.ratemesh.launcher.migration.nginx;

import io.ratemesh.launcher.migration.draft.Directive;
import io.ratemesh.launcher.migration.draft.DurationText;
import io.ratemesh.launcher.migration.draft.PoolDraft;
import io.ratemesh.launcher.migration.draft.PoolNames;
import io.ratemesh.launcher.migration.draft.SettingsDraft;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pools: upstreams, and servers that a directive names itself. Directives of locations are settings of their pools. */
final class NginxPools {

    static final String PLACE = "balancer.pools";

    private static final Map<String, DurationText.Range> TIMES = Map.of(
            "proxy_connect_timeout", PoolDraft.CONNECT,
            "proxy_read_timeout", PoolDraft.RESPONSE,
            "grpc_connect_timeout", PoolDraft.CONNECT,
            "grpc_read_timeout", PoolDraft.RESPONSE);

    private final SettingsDraft draft;
    private final PoolNames names;
    private final Map<String, Directive> upstreams = new HashMap<>();
    private final Map<String, PoolDraft> pools = new LinkedHashMap<>();
    private final List<Map.Entry<String, List<Directive>>> inherited = new ArrayList<>();

    NginxPools(SettingsDraft draft, PoolNames names) {
        this.draft = draft;
        this.names = names;
    }

    void addUpstream(Directive upstream) {
        upstreams.put(upstream.argument(0), upstream);
        String name = names.of(upstream.argument(0));
        new UpstreamBlock(draft, PLACE + "." + name).read(upstream).ifPresent(pool -> pools.put(name, pool));
    }

    static String placeOf(String pool) {
        return PLACE + "." + pool;
    }

    /** The name of the pool for a target; empty if it cannot be one. */
    Optional<String> find(ProxyPass target) {
        String name = names.of(nameOf(target));
        if (!pools.containsKey(name)) {
            UpstreamBlock.ofServer(target.host(), target.defaultPort()).ifPresent(pool -> pools.put(name, pool));
        }
        PoolDraft pool = pools.get(name);
        boolean agrees = pool != null
                && (!target.isTls() || pool.agree("tls.verify", false))
                && (!target.isGrpc() || pool.agree("http-version", "2"));
        return agrees ? Optional.of(name) : Optional.empty();
    }

    private String nameOf(ProxyPass target) {
        boolean complete = upstreams.containsKey(target.host()) || target.host().matches(".*:\\d+");
        return complete ? target.host() : target.host() + ":" + target.defaultPort();
    }

    /** Maps a directive about the servers of a location; false if it is another one. */
    boolean add(Directive directive, String pool) {
        DurationText.Range range = TIMES.get(directive.name());
        PoolDraft settings = pools.get(pool);
        if (range == null || settings == null) {
            return false;
        }
        Optional<String> text =
                NginxDuration.millis(directive.argument(0)).flatMap(millis -> DurationText.within(millis, range));
        if (text.isEmpty()) {
            draft.notMapped(directive, placeOf(pool), range.toString());
        } else if (settings.agree(range.key(), text.get())) {
            draft.mapped(directive);
        } else {
            draft.notMapped(directive, placeOf(pool), "the pool has another " + range.key());
        }
        return true;
    }

    /** Notes directives around a location of this pool; they apply where no location of the pool has its own. */
    void inherit(String pool, List<Directive> directives) {
        inherited.add(Map.entry(pool, directives));
    }

    /** Maps the inherited directives. */
    void addInherited() {
        inherited.forEach(entry -> {
            PoolDraft pool = pools.get(entry.getKey());
            List<Directive> nearestFirst = new ArrayList<>(entry.getValue());
            Collections.reverse(nearestFirst);
            for (Directive directive : nearestFirst) {
                DurationText.Range range = TIMES.get(directive.name());
                if (range != null && pool != null && !pool.has(range.key())) {
                    add(directive, entry.getKey());
                }
            }
        });
        inherited.stream()
                .flatMap(entry -> entry.getValue().stream())
                .filter(directive -> TIMES.containsKey(directive.name()) && !draft.isSettled(directive))
                .forEach(directive -> draft.withoutEffect(directive, PLACE, "every pool has its own"));
    }

    /** Sets the longest time between two lookups of names, for the pools that have names. */
    void resolveWithin(String max) {
        pools.values().forEach(pool -> {
            if (pool.toSettings().get("servers") instanceof List<?> servers
                    && servers.stream()
                            .anyMatch(server -> server.toString().matches("(?=.*[A-Za-z])[A-Za-z0-9._-]+:.*"))) {
                pool.agree("resolve.max", max);
            }
        });
    }

    /** Writes the pools into the draft. */
    void finish() {
        pools.forEach((name, pool) -> draft.set(placeOf(name), pool.toSettings()));
    }
}
