package io.ratemesh.launcher.migration.nginx;

import io.ratemesh.launcher.migration.draft.Directive;
import io.ratemesh.launcher.migration.draft.DurationText;
import io.ratemesh.launcher.migration.draft.FrontDoor;
import io.ratemesh.launcher.migration.draft.PoolDraft;
import io.ratemesh.launcher.migration.draft.PoolNames;
import io.ratemesh.launcher.migration.draft.SettingsDraft;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The level {@code stream}: its servers become TCP ports. */
final class StreamServers {

    private static final String PLACE = "balancer.tcp";

    private static final Map<String, DurationText.Range> TIMES =
            Map.of("proxy_connect_timeout", PoolDraft.CONNECT, "proxy_timeout", PoolDraft.IDLE);

    private static final Set<String> KNOWN = Set.of("listen", "proxy_pass", "proxy_connect_timeout", "proxy_timeout");

    private final SettingsDraft draft;
    private final FrontDoor frontDoor;
    private final PoolNames names;

    StreamServers(SettingsDraft draft, FrontDoor frontDoor, PoolNames names) {
        this.draft = draft;
        this.frontDoor = frontDoor;
        this.names = names;
    }

    void add(Directive stream) {
        draft.mapped(stream);
        List<Directive> level = stream.inside();
        level.stream().filter(each -> each.name().equals("server")).forEach(server -> addServer(server, level));
        level.stream()
                .filter(each -> TIMES.containsKey(each.name()))
                .filter(each -> !draft.isSettled(each))
                .forEach(each -> draft.withoutEffect(each, PLACE, "every server has its own"));
        level.forEach(each -> draft.notMapped(each, PLACE));
    }

    private void addServer(Directive server, List<Directive> level) {
        Optional<Directive> pass = find(server.inside(), "proxy_pass");
        List<Directive> listens = server.inside().stream()
                .filter(each -> each.name().equals("listen"))
                .toList();
        Optional<String> reason = reasonAgainst(server, listens);
        if (reason.isPresent() || pass.isEmpty()) {
            draft.notMapped(server, PLACE, reason.orElse("it has no proxy_pass"));
            return;
        }
        for (Directive directive : listens) {
            Optional<PoolDraft> pool = pool(pass.get(), level);
            NginxListen listen = NginxListen.parse(directive).orElseThrow();
            if (pool.isEmpty()) {
                draft.notMapped(server, PLACE, "its servers cannot be listed");
                return;
            }
            if (!frontDoor.listenForTcp(listen.port())) {
                draft.notMapped(directive, PLACE, "another listener has the port");
                continue;
            }
            PoolDraft item = pool.get();
            item.put("port", listen.port());
            item.put("bind", listen.bind());
            item.put("name", names.of("tcp " + pass.get().argument(0) + " " + listen.port()));
            if (listen.has("proxy_protocol")) {
                item.put("proxy-protocol", true);
            }
            addTimes(server, level, item);
            draft.addItem(PLACE, item.toSettings());
            draft.mappedWithout(directive, PLACE, listen.withoutSetting());
        }
        draft.mapped(server);
        draft.mapped(pass.get());
    }

    private Optional<String> reasonAgainst(Directive server, List<Directive> listens) {
        if (listens.isEmpty()
                || listens.stream().anyMatch(each -> NginxListen.parse(each).isEmpty())) {
            return Optional.of("a TCP port has an address and a port");
        }
        if (listens.stream().anyMatch(each -> each.arguments().contains("udp"))) {
            return Optional.of("there is no UDP");
        }
        if (listens.stream().anyMatch(each -> each.arguments().contains("ssl"))) {
            return Optional.of("a TCP port does not terminate TLS");
        }
        return server.inside().stream().anyMatch(each -> Set.of("allow", "deny").contains(each.name()))
                ? Optional.of("a TCP port does not limit access")
                : Optional.empty();
    }

    private Optional<PoolDraft> pool(Directive pass, List<Directive> level) {
        String target = pass.argument(0);
        Optional<Directive> upstream = level.stream()
                .filter(each ->
                        each.name().equals("upstream") && each.argument(0).equals(target))
                .findFirst();
        if (upstream.isPresent()) {
            return new UpstreamBlock(draft, PLACE).read(upstream.get());
        }
        return target.matches(".*:\\d+") ? UpstreamBlock.ofServer(target, 0) : Optional.empty();
    }

    private void addTimes(Directive server, List<Directive> level, PoolDraft item) {
        TIMES.forEach((name, range) -> find(server.inside(), name)
                .or(() -> find(level, name))
                .ifPresent(directive -> NginxDuration.millis(directive.argument(0))
                        .flatMap(millis -> DurationText.within(millis, range))
                        .ifPresentOrElse(
                                text -> {
                                    item.put(range.key(), text);
                                    draft.mapped(directive);
                                },
                                () -> draft.notMapped(directive, PLACE, range.toString()))));
        item.remove("keep-alive");
        server.inside().stream()
                .filter(each -> !KNOWN.contains(each.name()))
                .forEach(each -> draft.notMapped(each, PLACE));
    }

    private static Optional<Directive> find(List<Directive> level, String name) {
        return level.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
