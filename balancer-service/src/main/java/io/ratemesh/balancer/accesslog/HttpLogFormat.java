package io.ratemesh.balancer.accesslog;

import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.upstream.Upstream;
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
 * HAProxy's {@code option httplog} (its configuration manual, 8.2.3) behind the prefix that a syslog daemon puts before it, which
 * {@code halog} and others count on. The size is that of the answer's body, where HAProxy counts its head too.
 */
final class HttpLogFormat implements LineFormat {

    private static final int SECOND = 1000;

    private final String sender;
    private final DateTimeFormatter written;
    private final DateTimeFormatter began;
    private long writtenSecond = Long.MIN_VALUE;
    private String writtenText = "";
    private long beganSecond = Long.MIN_VALUE;
    private String beganText = "";

    /**
     * For one process.
     *
     * @param host where it runs
     * @param zone in which times are written, as HAProxy writes local ones
     */
    HttpLogFormat(String host, long pid, ZoneId zone) {
        this.sender = " " + host + " balancer[" + pid + "]: ";
        this.written =
                DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT).withZone(zone);
        this.began =
                DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss", Locale.ROOT).withZone(zone);
    }

    @Override
    public void write(AccessEntry entry, ConcurrencySnapshot around, LineBuffer to) {
        SocketAddress client = entry.client();
        to.text(writtenAt(entry.endedAtMillis())).text(sender);
        address(client, to);
        began(entry.endedAtMillis() - Math.max(0, entry.totalMillis()), to);
        to.text(entry.address().marked()).octet(' ');
        server(entry.pool(), entry.upstream(), entry.address().name(), to);
        timers(entry, to);
        to.number(entry.status() == 0 ? -1 : entry.status()).octet(' ').number(entry.bytesOut());
        to.text(" - - ").text(entry.termination().code()).text("-- ");
        to.number(around.connections()).octet('/').number(around.atAddress()).octet('/');
        to.number(around.inPool()).octet('/').number(around.atServer()).octet('/');
        if (entry.redispatched()) {
            to.octet('+');
        }
        // Requests wait for a pool, never for one of its servers.
        to.number(entry.retries()).text(" 0/").number(entry.place()).text(" \"");
        request(entry, to);
        to.text("\"\n");
    }

    private static void address(@Nullable SocketAddress client, LineBuffer to) {
        String host = IpAddresses.text(client);
        to.text(host == null ? "-" : host)
                .octet(':')
                .number(client == null ? 0 : Math.max(0, client.port()))
                .octet(' ');
    }

    private static void server(@Nullable Pool pool, @Nullable Upstream upstream, String frontend, LineBuffer to) {
        to.text(pool == null ? frontend : pool.name())
                .octet('/')
                .text(upstream == null ? "<NOSRV>" : upstream.id())
                .octet(' ');
    }

    private static void timers(AccessEntry entry, LineBuffer to) {
        to.number(entry.headMillis()).octet('/');
        to.number(entry.queuedMillis()).octet('/');
        to.number(entry.connectMillis()).octet('/');
        to.number(entry.answerMillis()).octet('/');
        to.number(entry.totalMillis()).octet(' ');
    }

    private static void request(AccessEntry entry, LineBuffer to) {
        HttpMethod method = entry.method();
        String target = entry.target();
        if (method == null || target == null) {
            to.text("<BADREQ>");
            return;
        }
        to.hashed(method.name()).octet(' ').hashed(target).octet(' ').text(version(entry.version()));
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

    private void began(long millis, LineBuffer to) {
        long second = Math.floorDiv(millis, SECOND);
        if (second != beganSecond) {
            beganSecond = second;
            beganText = began.format(Instant.ofEpochSecond(second));
        }
        to.octet('[')
                .text(beganText)
                .octet('.')
                .number(Math.floorMod(millis, SECOND), 3)
                .text("] ");
    }
}
