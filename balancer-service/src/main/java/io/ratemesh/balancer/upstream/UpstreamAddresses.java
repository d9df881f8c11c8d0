package io.ratemesh.balancer.upstream;

import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.ServerSettings;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a server: one literal, or all that its name has (RFC 1123 §2.3). A unix socket has one, that of this machine. Checks and requests use the same one, and the next
 * where a connection fails. Thread-safe.
 */
public final class UpstreamAddresses {

    private record Known(List<InetAddress> all, int current) {}

    private static final Known NONE = new Known(List.of(), 0);

    private final boolean literal;
    private final boolean unix;
    private volatile Known known;
    private volatile boolean lookupDone;
    private volatile String resolveError = "";

    UpstreamAddresses(String host) {
        unix = ServerSettings.unixPath(host).isPresent();
        InetAddress address = unix ? InetAddress.getLoopbackAddress() : IpAddresses.parse(host);
        literal = address != null;
        lookupDone = literal;
        known = address == null ? NONE : new Known(List.of(address), 0);
    }

    /** Whether there is nothing to look up: the host is an IP address or a unix socket. */
    public boolean isLiteral() {
        return literal;
    }

    /** Whether the first lookup is complete, successful or not; true for a literal. */
    public boolean isLookupDone() {
        return lookupDone;
    }

    /** All addresses; the same list until they change. */
    public List<InetAddress> all() {
        return known.all();
    }

    /** The one in use; null for none. */
    public @Nullable InetAddress current() {
        Known now = known;
        return now.all().isEmpty() ? null : now.all().get(now.current());
    }

    /** Switches to the next address after a failed connection, and returns it; the same where there is no other. */
    public InetAddress failOver(InetAddress failed) {
        synchronized (this) {
            Known now = known;
            if (failed.equals(current())) {
                known = new Known(now.all(), (now.current() + 1) % now.all().size());
            }
            InetAddress next = current();
            return next == null ? failed : next;
        }
    }

    /** Why the last lookup failed; empty where it did not. */
    public String resolveError() {
        return resolveError;
    }

    /** All addresses, the one in use first; none for a unix socket. */
    List<InetAddress> currentFirst() {
        if (unix) {
            return List.of();
        }
        Known now = known;
        List<InetAddress> all = new ArrayList<>(now.all());
        Collections.rotate(all, -now.current());
        return List.copyOf(all);
    }

    /** Replaces the addresses; the one in use stays in use if it is among them. Returns whether they changed. */
    boolean replace(List<InetAddress> all) {
        synchronized (this) {
            lookupDone = true;
            resolveError = "";
            InetAddress before = current();
            if (known.all().equals(all)) {
                return false;
            }
            known = new Known(List.copyOf(all), before == null ? 0 : Math.max(0, all.indexOf(before)));
            return true;
        }
    }

    /** Records a failed lookup; the addresses stay. */
    void resolveFailed(String why) {
        resolveError = why;
        lookupDone = true;
    }
}
