package io.ratemesh.balancer.accesslog;

import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.node.address.IpAddresses;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.SocketAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One JSON object a line, with the same figures as {@link HttpLogFormat}. What is not known is left out. */
final class JsonLineFormat implements LineFormat {

    private final String node;

    JsonLineFormat(String node) {
        this.node = node;
    }

    @Override
    public void write(AccessEntry entry, ConcurrencySnapshot around, LineBuffer to) {
        SocketAddress client = entry.client();
        Pool pool = entry.pool();
        Upstream upstream = entry.upstream();
        HttpMethod method = entry.method();
        to.text("{\"at\":\"").text(Instant.ofEpochMilli(entry.endedAtMillis()).toString());
        to.text("\",\"node\":").quoted(node);
        text(to, "frontend", entry.address().name());
        text(to, "client", IpAddresses.text(client));
        if (client != null) {
            number(to, "clientPort", client.port());
        }
        text(to, "pool", pool == null ? null : pool.name());
        text(to, "server", upstream == null ? null : upstream.id());
        if (method != null) {
            text(to, "method", method.name());
            text(to, "target", entry.target());
            text(to, "version", HttpLogFormat.version(entry.version()));
        }
        number(to, "status", entry.status());
        number(to, "bytesIn", entry.bytesIn());
        number(to, "bytesOut", entry.bytesOut());
        time(to, "headMillis", entry.headMillis());
        time(to, "queuedMillis", entry.queuedMillis());
        time(to, "connectMillis", entry.connectMillis());
        time(to, "answerMillis", entry.answerMillis());
        time(to, "totalMillis", entry.totalMillis());
        text(to, "termination", entry.termination().code());
        number(to, "retries", entry.retries());
        if (entry.redispatched()) {
            to.text(",\"redispatched\":true");
        }
        number(to, "queuePosition", entry.place());
        number(to, "connections", around.connections());
        number(to, "connectionsFrontend", around.atAddress());
        number(to, "inFlightPool", around.inPool());
        number(to, "inFlightServer", around.atServer());
        to.text("}\n");
    }

    private static void text(LineBuffer to, String name, @Nullable String value) {
        if (value != null) {
            to.text(",\"").text(name).text("\":").quoted(value);
        }
    }

    private static void number(LineBuffer to, String name, long value) {
        to.text(",\"").text(name).text("\":").number(value);
    }

    private static void time(LineBuffer to, String name, long millis) {
        if (millis >= 0) {
            number(to, name, millis);
        }
    }
}
