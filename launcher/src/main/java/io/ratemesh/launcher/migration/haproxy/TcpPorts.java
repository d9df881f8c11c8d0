package io.ratemesh.launcher.migration.haproxy;

import io.ratemesh.launcher.migration.draft.Directive;
import io.ratemesh.launcher.migration.draft.DurationText;
import io.ratemesh.launcher.migration.draft.FrontDoor;
import io.ratemesh.launcher.migration.draft.PoolDraft;
import io.ratemesh.launcher.migration.draft.PoolNames;
import io.ratemesh.launcher.migration.draft.SettingsDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Frontends in TCP mode: each of their addresses is a port with the servers of its backend. */
final class TcpPorts {

    private static final String PLACE = "balancer.tcp";
    private static final Set<String> NEED_NOTHING = Set.of("accept-proxy", "name", "id", "v4v6", "v6only");

    /** Where ports are written to. */
    record Target(SettingsDraft draft, FrontDoor frontDoor, PoolNames names, Map<String, String> holdValid) {}

    private final HaproxyProxy frontend;
    private final HaproxyProxy backend;
    private final SettingsDraft draft;
    private final Target target;

    private TcpPorts(HaproxyProxy frontend, HaproxyProxy backend, Target target) {
        this.frontend = frontend;
        this.backend = backend;
        this.draft = target.draft();
        this.target = target;
    }

    /** Adds the ports of a frontend. */
    static void add(HaproxyProxy frontend, Optional<HaproxyProxy> backend, Target target) {
        Optional<String> reason = reasonAgainst(frontend, backend);
        if (reason.isPresent()) {
            target.draft().notMapped(frontend.section(), PLACE, reason.get());
        } else {
            new TcpPorts(frontend, backend.orElseThrow(), target).add();
        }
    }

    private static Optional<String> reasonAgainst(HaproxyProxy frontend, Optional<HaproxyProxy> backend) {
        if (frontend.own().stream().anyMatch(each -> each.name().equals("use_backend"))) {
            return Optional.of("a TCP port has one pool, whatever the connection");
        }
        if (frontend.own().stream()
                .anyMatch(each -> each.name().equals("bind") && each.words().contains("ssl"))) {
            return Optional.of("a TCP port does not terminate TLS");
        }
        boolean serves = backend.filter(HaproxyProxy::isTcp)
                .filter(proxy ->
                        proxy.own().stream().anyMatch(each -> each.name().startsWith("server")))
                .isPresent();
        return serves ? Optional.empty() : Optional.of("it has no backend in TCP mode with servers");
    }

    private void add() {
        int number = 0;
        for (Directive bind : frontend.own()) {
            if (bind.name().equals("bind")) {
                number += addPorts(bind, number);
            }
        }
        if (number == 0) {
            draft.notMapped(frontend.section(), PLACE, "it has no address that can be mapped");
            return;
        }
        for (HaproxyProxy proxy : List.of(frontend, backend)) {
            draft.mapped(proxy.section());
            proxy.last("mode").ifPresent(draft::mapped);
            proxy.own().stream().filter(each -> each.name().equals("mode")).forEach(draft::mapped);
            proxy.last("option", "tcplog")
                    .ifPresent(each -> draft.notMapped(each, PLACE, "connections are counted, not logged"));
        }
        frontend.last("default_backend").ifPresent(draft::mapped);
    }

    private int addPorts(Directive bind, int number) {
        Optional<List<HaproxyAddress>> addresses = BindLines.addresses(bind);
        if (addresses.isEmpty()) {
            draft.notMapped(bind, PLACE, "its addresses must be addresses with a port");
            return 0;
        }
        OptionWords options = BindLines.options(bind);
        List<String> parts = new ArrayList<>(options.all().entrySet().stream()
                .filter(option -> !NEED_NOTHING.contains(option.getKey()))
                .map(OptionWords::written)
                .toList());
        int added = 0;
        for (HaproxyAddress address : addresses.get()) {
            if (target.frontDoor().listenForTcp(address.port())) {
                Optional<PoolDraft> port = port(address, options.has("accept-proxy"), number + added);
                port.ifPresent(item -> draft.addItem(PLACE, item.toSettings()));
                added += port.isPresent() ? 1 : 0;
            } else {
                parts.add(address.bind() + ":" + address.port() + ", which is the port of another listener");
            }
        }
        if (added > 0) {
            draft.mappedWithout(bind, PLACE, parts);
        }
        return added;
    }

    private Optional<PoolDraft> port(HaproxyAddress address, boolean proxyProtocol, int number) {
        Optional<PoolDraft> pool = HaproxyPool.read(backend, draft, PLACE, target.holdValid());
        pool.ifPresent(item -> {
            String suffix = number == 0 ? "" : " " + (number + 1);
            item.put("port", address.port());
            item.put("bind", address.bind());
            item.put("name", target.names().of(frontend.name() + suffix));
            if (proxyProtocol) {
                item.put("proxy-protocol", true);
            }
            item.remove("keep-alive");
            addConnections(item);
            addIdleTimeout(item);
        });
        return pool;
    }

    private void addConnections(PoolDraft item) {
        frontend.last("maxconn").ifPresent(directive -> {
            if (directive.argument(0).matches("[1-9]\\d{0,5}|1000000")) {
                item.put("limits.connections", Integer.valueOf(directive.argument(0)));
                draft.mapped(directive);
            }
        });
    }

    /** HAProxy closes a connection when the first of the two times is over. */
    private void addIdleTimeout(PoolDraft item) {
        List<Directive> both = Stream.of(frontend.last("timeout", "client"), backend.last("timeout", "server"))
                .flatMap(Optional::stream)
                .toList();
        Optional<Long> shortest = both.stream()
                .flatMap(each -> HaproxyDuration.millis(each.argument(1)).stream())
                .min(Long::compare);
        shortest.flatMap(millis -> DurationText.within(millis, PoolDraft.IDLE)).ifPresent(text -> {
            item.put("idle-timeout", text);
            for (Directive directive : both) {
                if (HaproxyDuration.millis(directive.argument(1)).equals(shortest)) {
                    draft.mapped(directive);
                } else {
                    draft.withoutEffect(directive, PLACE, "the shorter one is over first");
                }
            }
        });
    }
}
