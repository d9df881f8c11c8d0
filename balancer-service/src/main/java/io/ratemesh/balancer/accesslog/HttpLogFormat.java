package io.ratemesh.balancer.accesslog;

import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.node.accesslog.LineBuffer;
import io.ratemesh.node.address.IpAddresses;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * HAProxy's {@code option httplog} (configuration manual 8.2.3) after the prefix of a syslog daemon, which {@code halog} and other tools
 * expect. The size is that of the response's body; HAProxy's includes the head.
 */
final class HttpLogFormat implements AccessEntryFormat {

    private static final int SECOND = 1000;

    private final String sender;
    private final DateTimeFormatter written;
    private final DateTimeFormatter started;
    private long writtenSecond = Long.MIN_VALUE;
    private String writtenText = "";
    private long startedSecond = Long.MIN_VALUE;
    private String startedText = "";

    /**
     * Creates the format of one process.
     *
     * @param host name of this machine
     * @param zone of the times; HAProxy uses the local one
     */
    HttpLogFormat(String host, long pid, ZoneId zone) {
        this.sender = " " + host + " balancer[" + pid + "]: ";
        this.written =
                DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT).withZone(zone);
        this.started =
                DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss", Locale.ROOT).withZone(zone);
    }

    @Override
    public void write(AccessEntry entry, ConcurrencySnapshot concurrency, LineBuffer to) {
        SocketAddress client = entry.client();
        to.text(writtenAt(entry.endedAtMillis())).text(sender);
        address(client, to);
        started(entry.endedAtMillis() - Math.max(0, entry.totalMillis()), to);
        to.text(entry.listener().markedName()).append(' ');
        server(entry.pool(), entry.upstream(), entry.listener().name(), to);
        timers(entry, to);
        to.number(entry.status() == 0 ? -1 : entry.status()).append(' ').number(entry.bytesOut());
        to.text(" - - ").text(entry.termination().code()).text("-- ");
        to.number(concurrency.total())
                .append('/')
                .number(concurrency.atListener())
                .append('/');
        to.number(concurrency.inPool())
                .append('/')
                .number(concurrency.atServer())
                .append('/');
        if (entry.redispatched()) {
            to.append('+');
        }
        // Requests queue for a pool, never for one of its servers.
        to.number(entry.retries()).text(" 0/").number(entry.queuePosition()).text(" \"");
        request(entry, to);
        to.text("\"\n");
    }

    private static void address(@Nullable SocketAddress client, LineBuffer to) {
        String host = IpAddresses.text(client);
        to.text(host == null ? "-" : host)
                .append(':')
                .number(client == null ? 0 : Math.max(0, client.port()))
                .append(' ');
    }

    private static void server(@Nullable Pool pool, @Nullable Upstream upstream, String frontend, LineBuffer to) {
        to.text(pool == null ? frontend : pool.name())
                .append('/')
                .text(upstream == null ? "<NOSRV>" : upstream.id())
                .append(' ');
    }

    private static void timers(AccessEntry entry, LineBuffer to) {
        to.number(entry.headMillis()).append('/');
        to.number(entry.queuedMillis()).append('/');
        to.number(entry.connectMillis()).append('/');
        to.number(entry.responseMillis()).append('/');
        to.number(entry.totalMillis()).append(' ');
    }

    private static void request(AccessEntry entry, LineBuffer to) {
        HttpMethod method = entry.method();
        String target = entry.target();
        if (method == null || target == null) {
            to.text("<BADREQ>");
            return;
        }
        to.hashEscaped(method.name())
                .append(' ')
                .hashEscaped(target)
                .append(' ')
                .text(version(entry.version()));
    }

    static String version(@Nullable HttpVersion version) {
        return version == null ? "HTTP/1.1" : version.alpnName().equals("h2") ? "HTTP/2.0" : "HTTP/1." + minor(version);
    }

    private static int minor(HttpVersion version) {
        return version == HttpVersion.HTTP_1_0 ? 0 : 1;
    }

    private String writtenAt(long millis) {
        long second = Math.floorDiv(millis, SECOND);
        if (second != writtenSecond) {
            writtenSecond = second;
            writtenText = written.format(Instant.ofEpochSecond(second));
        }
        return writtenText;
    }

    private void started(long millis, LineBuffer to) {
        long second = Math.floorDiv(millis, SECOND);
        if (second != startedSecond) {
            startedSecond = second;
            startedText = started.format(Instant.ofEpochSecond(second));
        }
        to.append('[')
                .text(startedText)
                .append('.')
                .number(Math.floorMod(millis, SECOND), 3)
                .text("] ");
    }
}
