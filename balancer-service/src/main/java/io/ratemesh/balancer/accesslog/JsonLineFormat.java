package io.ratemesh.balancer.accesslog;

import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.node.accesslog.LineBuffer;
import io.ratemesh.node.address.IpAddresses;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.SocketAddress;
import java.time.Instant;

/** One JSON object per line, with the same values as {@link HttpLogFormat}. Unknown values are left out. */
final class JsonLineFormat implements AccessEntryFormat {

    private final String node;

    JsonLineFormat(String node) {
        this.node = node;
    }

    @Override
    public void write(AccessEntry entry, ConcurrencySnapshot concurrency, LineBuffer to) {
        SocketAddress client = entry.client();
        Pool pool = entry.pool();
        Upstream upstream = entry.upstream();
        HttpMethod method = entry.method();
        to.append('{')
                .jsonField("at", Instant.ofEpochMilli(entry.endedAtMillis()).toString())
                .jsonField("node", node)
                .jsonField("frontend", entry.listener().name())
                .jsonField("client", IpAddresses.text(client));
        if (client != null) {
            to.jsonField("clientPort", client.port());
        }
        to.jsonField("pool", pool == null ? null : pool.name());
        to.jsonField("server", upstream == null ? null : upstream.id());
        if (method != null) {
            to.jsonField("method", method.name())
                    .jsonField("target", entry.target())
                    .jsonField("version", HttpLogFormat.version(entry.version()));
        }
        to.jsonField("status", entry.status())
                .jsonField("bytesIn", entry.bytesIn())
                .jsonField("bytesOut", entry.bytesOut());
        times(entry, to);
        to.jsonField("termination", entry.termination().code()).jsonField("retries", entry.retries());
        if (entry.redispatched()) {
            to.text(",\"redispatched\":true");
        }
        to.jsonField("queuePosition", entry.queuePosition())
                .jsonField("connections", concurrency.total())
                .jsonField("connectionsFrontend", concurrency.atListener())
                .jsonField("inFlightPool", concurrency.inPool())
                .jsonField("inFlightServer", concurrency.atServer())
                .text("}\n");
    }

    private static void times(AccessEntry entry, LineBuffer to) {
        time(to, "headMillis", entry.headMillis());
        time(to, "queuedMillis", entry.queuedMillis());
        time(to, "connectMillis", entry.connectMillis());
        time(to, "responseMillis", entry.responseMillis());
        time(to, "totalMillis", entry.totalMillis());
    }

    private static void time(LineBuffer to, String name, long millis) {
        if (millis >= 0) {
            to.jsonField(name, millis);
        }
    }
}
