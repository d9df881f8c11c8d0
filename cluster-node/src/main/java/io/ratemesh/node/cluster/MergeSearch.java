package io.ratemesh.node.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.ClusterSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the parts of a split cluster find each other within seconds. Hazelcast's own search tries the 100 ports of each machine one
 * after the other, and waits five seconds for each that is closed. Here the oldest member of a part looks which ports accept
 * connections, all at once, and leaves only those to Hazelcast.
 */
public final class MergeSearch {

    private static final Logger LOG = LoggerFactory.getLogger(MergeSearch.class);
    private static final long PERIOD_MILLIS = 2000;
    private static final int CONNECT_TIMEOUT_MILLIS = 500;

    private final Vertx vertx;
    private final HazelcastInstance hazelcast;
    private final ClusterSettings settings;
    private final NetClient client;
    private List<String> told;

    private MergeSearch(Vertx vertx, HazelcastInstance hazelcast, ClusterSettings settings) {
        this.vertx = vertx;
        this.hazelcast = hazelcast;
        this.settings = settings;
        this.told = settings.members();
        this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MILLIS));
    }

    /** Searches from now on. Call it on an event loop after the node has joined; with Kubernetes there are no ports to search. */
    public static void start(Vertx vertx, HazelcastInstance hazelcast, ClusterSettings settings) {
        if (settings.serviceDns().isEmpty()) {
            MergeSearch search = new MergeSearch(vertx, hazelcast, settings);
            search.tell(List.of());
            vertx.setPeriodic(PERIOD_MILLIS, ignored -> search.run());
        }
    }

    private void run() {
        // Timers run on while a node leaves.
        if (!hazelcast.getLifecycleService().isRunning()) {
            return;
        }
        Set<Member> members = hazelcast.getCluster().getMembers();
        if (!members.iterator().next().localMember()) {
            return;
        }
        Set<InetSocketAddress> known =
                members.stream().map(Member::getSocketAddress).collect(Collectors.toSet());
        vertx.executeBlocking(() -> candidates(known), false).onSuccess(candidates -> {
            List<String> open = new ArrayList<>();
            Future.join(candidates.stream()
                            .map(candidate -> probe(candidate, open))
                            .toList())
                    .onComplete(all -> tell(open));
        });
    }

    private Future<Void> probe(InetSocketAddress candidate, List<String> open) {
        String host = IpAddresses.text(candidate.getAddress());
        return client.connect(candidate.getPort(), host)
                .compose(socket -> {
                    open.add(IpAddresses.withPort(host, candidate.getPort()));
                    return socket.close();
                })
                .otherwiseEmpty();
    }

    private void tell(List<String> open) {
        if (!open.equals(told)) {
            told = open;
            hazelcast.getConfig().getNetworkConfig().getJoin().getTcpIpConfig().setMembers(open);
        }
    }

    /** All ports of the machines of the cluster, except those of members. Blocks: it may ask DNS. */
    private Set<InetSocketAddress> candidates(Set<InetSocketAddress> members) {
        Set<InetSocketAddress> candidates = new LinkedHashSet<>();
        for (String machine : settings.members()) {
            try {
                for (InetAddress address : InetAddress.getAllByName(machine)) {
                    for (int i = 0; i < ClusterSettings.PORT_COUNT; i++) {
                        candidates.add(new InetSocketAddress(address, settings.port() + i));
                    }
                }
            } catch (UnknownHostException e) {
                LOG.debug("cluster.members: {} has no address at the moment", machine);
            }
        }
        candidates.removeAll(members);
        return candidates;
    }
}
